"""The eve of a festival: everybody's message is queued at once."""

import statistics
import time

import _sms_shop
from _sms_workers import environment, loaded


def run(db, members):
    """Queue a message to each member; print the time against a bare INSERT."""
    registry = loaded(db)
    environment(registry, _sms_shop.plan)
    environment(registry, _vacuum)
    start = time.perf_counter()
    environment(registry, lambda env: env["vip.message"]._cron_queue())
    seconds = time.perf_counter() - start
    queued = environment(registry, lambda env: env["vip.message"].search_count([]))
    baseline = statistics.median(environment(registry, _copy) for _try in range(3))
    again = time.perf_counter()
    environment(registry, lambda env: env["vip.message"]._cron_queue())
    again = time.perf_counter() - again
    print(f"{'':30}{'seconds':>9}{'baseline':>10}{'ratio':>8}{'rows':>9}")
    print(
        f"{'festival eve queued':30}{seconds:9.2f}{baseline:10.2f}"
        f"{seconds / baseline:8.1f}{queued:9,}"
    )
    print(
        f"{'the same again':30}{again:9.2f}{baseline:10.2f}{again / baseline:8.1f}{0:9}"
    )
    return [] if queued == members else [f"{queued} of {members} are queued"]


def _vacuum(env):
    """Leave the tables as autovacuum does; not possible within a transaction."""
    env.cr.commit()
    env.cr._cnx.autocommit = True
    env.cr.execute("VACUUM ANALYZE res_partner, vip_consent, vip_care_task")
    env.cr._cnx.autocommit = False


def _copy(env):
    """Return the seconds that the bare INSERT of the same rows takes, indexes too."""
    env.cr.execute("CREATE TABLE bench_copy (LIKE vip_message INCLUDING ALL)")
    start = time.perf_counter()
    env.cr.execute("INSERT INTO bench_copy SELECT * FROM vip_message")
    env.cr.commit()
    seconds = time.perf_counter() - start
    env.cr.execute("DROP TABLE bench_copy")
    return seconds
