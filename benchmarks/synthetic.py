"""A synthetic event log of any size, the same for the same seed: Parquet, made by DuckDB alone.

About eight events a case, twelve activities, rework, skewed variants, start and end, resources.
"""

import duckdb

ACTIVITIES = 12
PER_CASE = 8


def write(path: str, events: int, seed: int = 7) -> None:
    """Writes a log of about so many events, sorted by start as a system would record it."""
    cases = events // PER_CASE
    connection = duckdb.connect()
    connection.execute(f"""
        COPY (
          WITH cases AS (
            SELECT c, hash(c, {seed}) AS h, 4 + (hash(c, {seed}, 1) % 9)::INT AS n,
              TIMESTAMP '2025-01-01' + INTERVAL (c * 31536000 // {cases}) SECOND AS began
            FROM range({cases}) AS r(c)),
          steps AS (
            SELECT c, began, p,
              -- mostly straight on; one in ten steps is done again, one in fifty goes back far
              greatest(0, least({ACTIVITIES - 1}, p - (hash(c % 997, p, {seed}) % 10 = 0)::INT
                - 3 * (hash(c, p, {seed}, 2) % 50 = 0)::INT)) AS a,
              300 + (hash(c, p, {seed}, 3) % 7200)::INT AS wait,
              60 + (hash(c, p, {seed}, 4) % 3600)::INT AS work
            FROM cases, range(n) AS q(p)),
          timed AS (
            SELECT *, sum(wait + work) OVER (PARTITION BY c ORDER BY p) AS until FROM steps)
          SELECT 'case-' || c AS case_id, 'Activity ' || (a + 1) AS activity,
            began + INTERVAL (until - work) SECOND AS start_time,
            began + INTERVAL (until) SECOND AS end_time,
            'user ' || (hash(c, p, {seed}, 5) % 40) AS resource
          FROM timed ORDER BY start_time, c
        ) TO '{path}' (FORMAT parquet, COMPRESSION zstd)""")
