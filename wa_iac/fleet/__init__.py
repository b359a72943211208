"""Many repositories or folders in one run: each is checked in a process of its own, and the results are Parquet files that
`wa-iac fleet report` sums.

    entries   reads the list
    plan      what has to be checked: a digest of everything that a result depends on
    tables    the tables, and their parts on the disk
    rows      from a report to the rows of the tables
    owners    the teams in a repository's CODEOWNERS
    judge     checks one entry and writes its part
    pool      a process for each entry, on this machine
    batch     the same for a task of Dask
    cluster   a cluster of Dask
    run       one run over the list
    parts     the parts of a directory that count
    sums      the sums of a report, by DuckDB
    trend     the difference between two runs
"""
