"""The ports of programs that are made for trusted networks."""

from collections.abc import Mapping
from typing import Final

PORTS: Final[Mapping[int, str]] = {
    20: "FTP",
    21: "FTP",
    23: "Telnet",
    25: "SMTP",
    110: "POP3",
    135: "RPC",
    139: "NetBIOS",
    445: "SMB",
    1433: "SQL Server",
    1434: "SQL Server",
    1521: "Oracle",
    3306: "MySQL",
    4333: "mSQL",
    5432: "PostgreSQL",
    5601: "Kibana",
    6379: "Redis",
    9200: "Elasticsearch",
    9300: "Elasticsearch",
    11211: "Memcached",
    27017: "MongoDB",
}
