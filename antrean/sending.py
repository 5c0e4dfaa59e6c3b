"""`antrean send COMMAND key=value …`: one command as the settings' device, for operators' scripts; and `erase-note`.

What can be sent, and how a value is written, comes from the commands' own types.
"""

import difflib
import types
from collections.abc import Iterator, Sequence
from enum import Enum
from typing import Any, Union, get_args, get_origin

import msgspec
from msgspec import Struct

from antrean.broker_line import BrokerLine, NoAnswer
from antrean.problem import Problem
from broker.client import new_command_id, new_request_id
from broker.domain.commands import AnyCommand, Command
from broker.domain.decide.permissions import PERMISSIONS
from broker.domain.values import ClerkId, CommandId, DeviceRole
from broker.protocol import messages as m
from wording import Wording
from wording.refusals import sentence

COMMANDS: dict[str, type[Command]] = {
    str(kind.__struct_config__.tag): kind
    for kind in AnyCommand.__args__
    if PERMISSIONS[kind].devices != {DeviceRole.BROKER}
}
"""What can be sent, by its name on the wire: all but what is the broker's own."""

NUMBERS, YES_NO = "NUMBER", "true|false"

JSON_BEGINS = ("[", "{", '"')

COMMAND_ID = next(each.type for each in msgspec.structs.fields(m.SendCommand) if each.name == "id")
"""What a command's id may be."""

NOTE_ID = next(each.type for each in msgspec.structs.fields(m.WriteNote) if each.name == "note")
"""What a note's may be."""


class Answer(Struct, frozen=True):
    """What became of it, as JSON, and whether the broker agreed."""

    body: dict[str, Any]
    is_accepted: bool


# What a person writes


def described() -> Iterator[str]:
    """Every command with its fields; those in brackets may be left out. In English, as docs/protocol.md is."""
    for name, kind in sorted(COMMANDS.items()):
        yield " ".join([name, *_usage(kind)])
        yield f"    {(kind.__doc__ or '').strip().splitlines()[0]}"


def command_of(name: str, pairs: Sequence[str], w: Wording) -> AnyCommand:
    """The command that was written. Raises Problem, naming the word that is wrong."""
    kind = COMMANDS.get(name)
    if kind is None:
        todo = w.t("`antrean send --list` lists all commands.")
        raise Problem(w.t("There is no such command"), name, _did_you_mean(name, COMMANDS, w) or todo)
    fields = {each.name: each for each in msgspec.structs.fields(kind)}
    given: dict[str, Any] = {}
    for pair in pairs:
        key, equals, text = written(pair, w).partition("=")
        if not key or not equals:
            raise Problem(w.t("A value is written as key=value"), pair, _write(name, kind, w))
        if key not in fields:
            near = _did_you_mean(key, fields, w) or _write(name, kind, w)
            raise Problem(w.t("{command} has no field {key}", command=name, key=key), pair, near)
        if key in given:
            raise Problem(w.t("This field is given twice: {key}", key=key), pair, _write(name, kind, w))
        given[key] = _value(pair, text, fields[key].type, w)
    missing = [each.name for each in fields.values() if each.required and each.name not in given]
    if missing:
        what = w.t("{command} needs more: {fields}", command=name, fields=", ".join(missing))
        raise Problem(what, " ".join([name, *pairs]), _write(name, kind, w))
    return kind(**given)  # type: ignore[return-value]  # one of the union's


def written(text: str, w: Wording) -> str:
    """What was written at the command line, if it is a text at all. Raises Problem."""
    try:
        text.encode()
    except UnicodeEncodeError as error:
        todo = w.t("Write it in UTF-8.")
        raise Problem(w.t("This is no text"), ascii(text), todo) from error
    return text


def command_id_of(text: str, w: Wording) -> CommandId:
    """The id to send a command under. Raises Problem."""
    try:
        return CommandId(msgspec.convert(written(text, w), COMMAND_ID))
    except msgspec.ValidationError as error:
        todo = w.t("An id has 1 to 64 characters, no control characters. Left out, a new one is made.")
        raise Problem(w.t("This can't be a command's id"), ascii(text), todo) from error


def _value(pair: str, text: str, kind: Any, w: Wording) -> Any:
    """A value from what was written: as plain text where that does, else as JSON."""
    try:
        return msgspec.convert(text, kind, strict=False)
    except msgspec.ValidationError as as_text:
        try:
            return msgspec.convert(msgspec.json.decode(text), kind, strict=False)
        except msgspec.ValidationError as as_json:
            raise _wrong(pair, str(as_json), kind, w) from as_json
        except msgspec.DecodeError as no_json:
            reason = no_json if text.startswith(JSON_BEGINS) else as_text
            raise _wrong(pair, str(reason), kind, w) from no_json


def _wrong(pair: str, reason: str, kind: Any, w: Wording) -> Problem:
    pattern = _pattern(kind)
    if pattern is None:
        todo = w.t("Write it as {form}", form=form(kind))
    else:
        todo = w.t("Write it as {form}, TEXT being {pattern}", form=form(kind), pattern=pattern)
    return Problem(w.t("This value is not possible: {reason}", reason=reason), pair, todo)


def _write(name: str, kind: type[Command], w: Wording) -> str:
    return w.t("Write it as {form}", form=" ".join(["antrean send", name, *_usage(kind)]))


def _usage(kind: type[Command]) -> Iterator[str]:
    for field in msgspec.structs.fields(kind):
        told = f"{field.name}={form(field.type)}"
        yield told if field.required else f"[{told}]"


def _did_you_mean(word: str, known: dict[str, Any], w: Wording) -> str | None:
    near = difflib.get_close_matches(word, known, n=1)
    return w.t("Did you mean “{name}”?", name=near[0]) if near else None


def form(kind: Any) -> str:
    """How a value of a type is written."""
    kind = getattr(kind, "__supertype__", kind)
    origin = get_origin(kind)
    if origin in (Union, types.UnionType):
        inner = [each for each in get_args(kind) if each is not type(None)]
        told = form(inner[0]) if len(inner) == 1 else "JSON"
        return f"{told}|null" if len(inner) < len(get_args(kind)) else told
    if origin is not None and hasattr(kind, "__metadata__"):
        return form(get_args(kind)[0])
    if origin is tuple:
        return f"[{form(get_args(kind)[0])},…]"
    if isinstance(kind, type) and issubclass(kind, Enum):
        return "|".join(str(each.value) for each in kind)
    if kind is bool:
        return YES_NO
    if kind in (int, float):
        return NUMBERS
    return "TEXT" if kind is str else "JSON"


def _pattern(kind: Any) -> str | None:
    """What its text, or each of its texts, must look like."""
    metas = (meta for each in (kind, *get_args(kind)) for meta in getattr(each, "__metadata__", ()))
    patterns = (meta.pattern.removeprefix("^").removesuffix(r"\Z") for meta in metas if meta.pattern)
    return next(patterns, None)


# What goes to the broker


def send(line: BrokerLine, command: AnyCommand, under: CommandId | None, w: Wording) -> Answer:
    """Send it under an id, a new one if None. Raises Problem; NoAnswer names the id to send it again under."""
    line.welcome()
    command_id = under if under is not None else new_command_id(line.now())
    try:
        answer = line.send(command, under=command_id)
    except NoAnswer as problem:
        todo = w.t("It may have been carried out. Sent again with --id {id} it acts once.", id=command_id)
        raise NoAnswer(problem.what, problem.where, f"{problem.todo} {todo}") from problem
    body = msgspec.to_builtins(answer)
    if isinstance(answer, m.Accepted):
        return Answer(body, is_accepted=True)
    refusal = answer.refusal
    body["code"] = refusal.code
    body["sentence"] = sentence(refusal.code, msgspec.structs.asdict(refusal), w)
    return Answer(body, is_accepted=False)


def erasure_of(note: str, w: Wording) -> m.EraseNote:
    """The question that erases a note. Raises Problem: it has no such id."""
    try:
        return m.EraseNote(new_request_id(), msgspec.convert(note, NOTE_ID))
    except msgspec.ValidationError as error:
        todo = w.t("Write its id, as `antrean trace` tells it: 32 digits and letters.")
        raise Problem(w.t("This is no note's id"), note, todo) from error


def erased(line: BrokerLine, asked: m.EraseNote, w: Wording) -> m.Answer:
    """The broker's word that the note is on disk no more. Raises Problem: it is somebody else's."""
    answer = line.asked(asked)
    if isinstance(answer, m.Error) and answer.code is m.ErrorCode.NOT_PERMITTED:
        todo = w.t("Let the clerk who wrote it do it, or a supervisor.")
        raise Problem(w.t("This clerk may not erase this note"), asked.note, todo)
    if isinstance(answer, m.Error):
        raise line.problem_of(answer)
    return answer


def signed_in(line: BrokerLine, clerk: ClerkId, pin: str, w: Wording) -> m.SignInRefused | None:
    """Sign the clerk in at the settings' device; what the broker has against it, or None.

    Raises Problem: nobody can, or somebody has signed in there meanwhile, who is left in peace.
    """
    try:
        question = msgspec.convert(
            {"id": new_request_id(), "clerk": clerk, "pin": pin, "if_free": True, "type": "sign-in"}, m.SignIn
        )
    except msgspec.ValidationError as error:
        todo = w.t("Write the PIN's 4 to 12 digits to standard input.")
        raise Problem(w.t("This is no PIN"), clerk, todo) from error
    answer = line.asked(question)
    if isinstance(answer, m.Error) and answer.code is m.ErrorCode.NOT_PERMITTED:
        todo = w.t("Use the settings of a counter.")
        raise Problem(w.t("Nobody can sign in at this device"), line.welcome().device, todo)
    if isinstance(answer, m.Error):
        raise line.problem_of(answer)
    if isinstance(answer, m.SignInRefused) and answer.reason is m.SignInReason.OCCUPIED:
        what = w.t("Somebody has signed in at this device meanwhile")
        raise Problem(what, line.welcome().device, _not_here(w))
    return answer if isinstance(answer, m.SignInRefused) else None


def signed_out(line: BrokerLine, clerk: ClerkId) -> None:
    """Sign the clerk out at the settings' device; another one who is there by now stays. Raises Problem."""
    answer = line.asked(m.SignOut(new_request_id(), clerk))
    if isinstance(answer, m.Error) and answer.code is not m.ErrorCode.ANOTHER_CLERK:
        raise line.problem_of(answer)


def needs_sign_in(line: BrokerLine, clerk: ClerkId, w: Wording) -> bool:
    """Whether the clerk is still to be signed in at the settings' device. Raises Problem: another one is there."""
    profile = line.welcome().profile
    if profile is None:
        return True
    if profile.clerk != clerk:
        raise Problem(w.t("Another clerk is signed in at this device"), profile.clerk, _not_here(w))
    return False


def _not_here(w: Wording) -> str:
    return w.t("Use the settings of a device at which nobody works, or wait until the clerk has signed out.")
