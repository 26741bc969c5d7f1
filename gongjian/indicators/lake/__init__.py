"""The lake: the ledgers as Parquet files, and the same figures from those files on other engines.

Owns the export of version tables by range of changes, the check that exports add up to whole
tables, and running the committed SQL of figures on DuckDB and Spark. Refuses to write into the
record, to hand out secret columns, and to define any figure or query of its own. Its libraries
are optional extras, loaded only where they are used.
"""
