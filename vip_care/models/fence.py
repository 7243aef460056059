import logging
from contextlib import contextmanager

from odoo.exceptions import ConcurrencyError
from odoo.service.model import PG_CONCURRENCY_EXCEPTIONS_TO_RETRY

_logger = logging.getLogger(__name__)

# Odoo repeats these requests.
REPEATED = (ConcurrencyError, *PG_CONCURRENCY_EXCEPTIONS_TO_RETRY)


@contextmanager
def fenced(env, message, *args, flush=True):
    """Run a part of ours that nothing of Odoo's may fail with: log, undo, go on."""
    try:
        with env.cr.savepoint(flush=flush):
            yield
    except REPEATED:
        raise
    except Exception:  # noqa: BLE001 - whatever it is, a till sells on
        _logger.exception(message, *args)
