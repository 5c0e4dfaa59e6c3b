"""What a database driver's error says. Apart from `errors`, which programs import that have no database."""

import psycopg
from sqlalchemy.exc import DBAPIError


def drivers_own(error: BaseException) -> BaseException:
    """The driver's error, without what SQLAlchemy has put around it."""
    return (error.orig or error) if isinstance(error, DBAPIError) else error


def said(error: BaseException) -> str:
    """What the engine said, in a line for a log: without the values that PostgreSQL would add, which may be a note."""
    own = drivers_own(error)
    told = own.diag.message_primary if isinstance(own, psycopg.Error) else None
    return " ".join((told or str(own)).split())
