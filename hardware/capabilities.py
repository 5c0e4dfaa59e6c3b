"""What a printer can do, from python-escpos' list of models and what the settings say otherwise."""

import difflib
from collections.abc import Mapping
from typing import Any, assert_never

from hardware.connections.address import (
    Address,
    DeviceFileAddress,
    NetworkAddress,
    PlainFileAddress,
    SerialAddress,
    SpoolerAddress,
    UsbAddress,
    address_from,
)
from hardware.escpos.library import CAPABILITIES
from hardware.profile import CodeTable, Confirmation, PaperWidth, Presenter, Profile
from hardware.settings import DeviceSettingError, PrinterSettings
from wording import N_

_MODELS: Mapping[str, Mapping[str, Any]] = CAPABILITIES["profiles"]
_CODEC_OF: Mapping[str, str] = {
    name: encoding["python_encode"]
    for name, encoding in CAPABILITIES["encodings"].items()
    if "python_encode" in encoding
}
_TABLES = ("cp437", "cp850", "cp858", "cp1252")
"""Those that are taken unasked, the first that a model has: at number 0 in every model, so the least to get wrong."""

_ASCII = CodeTable(0, "ascii")
_WIDTHS: Mapping[PaperWidth, int] = {PaperWidth.MM_80: 576, PaperWidth.MM_58: 384}
_WIDER_IS_80MM = 450
_DOTS_PER_INCH = 203
_CELLS = (12, 13)
"""How wide the large font is on the models of the list, in dots."""

_WITHOUT_PROCESS_ID = ("TM-T88II", "TM-T88III", "TM-U220", "TM-U220B")
"""Of Epson's, after the reference of GS ( H ("Printers not featuring this command") and their age."""

_PICTURE_BAUD = 57600
"""On a slower line a number as a picture would take seconds."""


def model_names() -> tuple[str, ...]:
    """The models that print tickets, as they are named in settings."""
    return tuple(name for name, model in _MODELS.items() if _is_usable(model))


def model_named(told: str) -> str | None:
    """The model that a printer means which calls itself so, as "EPSON TM-T20II"; None where the list lacks it."""
    by_fold = {name.casefold(): name for name in model_names() if _is_known(_MODELS[name])}
    return next((by_fold[word] for word in told.casefold().split() if word in by_fold), None)


def profile_of(settings: PrinterSettings) -> Profile:
    """What the printer of these settings can do. Raises DeviceSettingError."""
    address = address_from(settings.address)
    model = _model(settings.profile)
    paper, width = _paper(settings, model)
    return Profile(
        paper=paper,
        width_dots=width,
        dots_per_inch=_number(model["media"].get("dpi")) or _DOTS_PER_INCH,
        columns=settings.columns or _columns(model, width),
        code_table=_code_table(settings, model),
        cuts=_told(settings.cutter, _has(model, "paperFullCut") or _has(model, "paperPartCut")),
        native_qr=_told(settings.native_qr, _is_known(model) and _has(model, "qrCode")),
        pictures=_told(settings.pictures, not _is_slow(address)),
        confirmation=_confirmation(settings, model, address),
        presenter=settings.presenter or Presenter.NONE,
    )


def _model(name: str) -> Mapping[str, Any]:
    model = _MODELS.get(name)
    if model is None:
        names = model_names()
        by_fold = {each.casefold(): each for each in names}
        near = difflib.get_close_matches(name.casefold(), by_fold, n=3, cutoff=0.4)
        todo = N_(
            'Write a model of python-escpos\' list exactly, or "default" for one that it lacks. The nearest, or'
            " all, are in brackets."
        )
        detail = ", ".join(by_fold[each] for each in near) or ", ".join(names)
        raise DeviceSettingError(N_("No model of this name is known"), name, todo, detail)
    if not _is_usable(model):
        todo = N_('Use another printer; or "default", if this one can be switched to ESC/POS commands.')
        raise DeviceSettingError(N_("This model cannot print tickets"), name, todo)
    return model


def _is_usable(model: Mapping[str, Any]) -> bool:
    """Numbers and QR codes need raster pictures, and all of it ESC/POS commands."""
    return _has(model, "bitImageRaster") and not _has(model, "starCommands")


def _is_known(model: Mapping[str, Any]) -> bool:
    """The list has two that stand for any printer."""
    return bool(model["vendor"] != "Generic")


def _has(model: Mapping[str, Any], feature: str) -> bool:
    return bool(model["features"].get(feature))


def _told(setting: bool | None, otherwise: bool) -> bool:
    return otherwise if setting is None else setting


def _number(value: object) -> int | None:
    """The list says "Unknown" where it does not know."""
    return value if isinstance(value, int) else None


def _paper(settings: PrinterSettings, model: Mapping[str, Any]) -> tuple[PaperWidth, int]:
    """The paper, and the dots that are printed on it: whole bytes, no more than the model has, never the margins."""
    has = _number(model["media"]["width"].get("pixels"))
    if settings.paper_mm is not None:
        paper = PaperWidth(settings.paper_mm)
    else:
        paper = PaperWidth.MM_80 if has is None or has >= _WIDER_IS_80MM else PaperWidth.MM_58
    fits_model = has is not None and (has >= _WIDER_IS_80MM) is (paper is PaperWidth.MM_80)
    if has is None or not fits_model:
        return paper, min(_WIDTHS[paper], has or _WIDTHS[paper])
    return paper, min(has, _WIDTHS[PaperWidth.MM_80]) // 8 * 8


def _columns(model: Mapping[str, Any], width: int) -> int:
    """The list's, where they go with the width; some entries of the list have another font's."""
    columns = _number(model["fonts"]["0"].get("columns"))
    fits = columns is not None and width // columns in _CELLS
    return columns if columns is not None and fits else width // _CELLS[0]


def _code_table(settings: PrinterSettings, model: Mapping[str, Any]) -> CodeTable:
    tables = {
        _CODEC_OF[name]: CodeTable(int(number), _CODEC_OF[name])
        for number, name in reversed(model["codePages"].items())
        if name in _CODEC_OF
    }
    wanted = settings.code_table
    if wanted is None:
        found = next((tables[codec] for codec in _TABLES if codec in tables), _ASCII)
        return found if _is_known(model) else _ASCII
    if wanted == _ASCII.codec:
        return _ASCII
    if wanted not in tables:
        todo = N_('Write one of those in brackets, or "ascii".')
        raise DeviceSettingError(
            N_("This model has no such code table"), wanted, todo, ", ".join(sorted(tables))
        )
    return tables[wanted]


def _is_slow(address: Address) -> bool:
    return isinstance(address, SerialAddress) and address.baud < _PICTURE_BAUD


def _confirmation(settings: PrinterSettings, model: Mapping[str, Any], address: Address) -> Confirmation:
    match address:
        case SpoolerAddress():
            return _only(Confirmation.SPOOLER, settings)
        case PlainFileAddress():
            return _only(Confirmation.NONE, settings)
        case NetworkAddress() | UsbAddress() | SerialAddress() | DeviceFileAddress():
            if settings.confirmation is Confirmation.SPOOLER:
                todo = N_('Only cups:// addresses have a spooler. Write "process-id", "status" or "none".')
                raise DeviceSettingError(
                    N_("This printer has no spooler to confirm its pages"), settings.address, todo
                )
            return settings.confirmation or _usual_confirmation(settings.profile, model)
        case _:
            assert_never(address)


def _only(possible: Confirmation, settings: PrinterSettings) -> Confirmation:
    if settings.confirmation not in (None, possible):
        todo = N_("Take `confirmation` out of the settings; in brackets what this address can do.")
        raise DeviceSettingError(
            N_("Pages cannot be confirmed like this here"), settings.address, todo, possible.value
        )
    return possible


def _usual_confirmation(name: str, model: Mapping[str, Any]) -> Confirmation:
    """The process id where Epson has it; others may print the command as text."""
    if model["vendor"] == "Epson" and name not in _WITHOUT_PROCESS_ID:
        return Confirmation.PROCESS_ID
    return Confirmation.STATUS
