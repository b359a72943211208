"""The server software that AWS runs as a service, and how to tell its server from its clients."""

import re
from typing import Final

from .user_data import Software

DATABASE: Final = Software(
    packages=re.compile(
        r"(?:default-)?mysql(?:-community)?-server(?:-(?:core-)?[\d.]+)?|mysql\d+-(?:community-)?server|mariadb\d*-server(?:-(?:core-)?[\d.]+)?|"
        r"percona-(?:server-server|xtradb-cluster)\S*|postgresql[\d.]*-server|postgresql-server|mongodb-(?:org(?:-server)?|server)|"
        r"cassandra|scylla(?:-server)?|mssql-server|oracle-(?:database|xe)-\S+|neo4j|couchdb|couchbase-server\S*|influxdb2?|"
        r"clickhouse-server|cockroachdb?|timescaledb-2-postgresql-\d+"
    ),
    apt=re.compile(r"postgresql(?:-\d+(?:\.\d+)?)?|mongodb|mariadb|mysql"),
    images=re.compile(
        r"mysql(?:/mysql-server)?|mariadb|postgres(?:ql)?|postgis/postgis|timescale/timescaledb(?:-ha)?|mongo|mongodb|"
        r"mongodb/mongodb-community-server|cassandra|scylladb/scylla|mssql/server|neo4j|couchdb|couchbase|influxdb|"
        r"clickhouse/clickhouse-server|cockroachdb/cockroach|percona(?:/percona-server)?|gvenzl/oracle-\S+"
    ),
    services=re.compile(r"mysqld?|mariadb|postgresql(?:-[\d.]+)?|mongod|cassandra|mssql-server|couchdb|neo4j"),
)

CACHE: Final = Software(
    packages=re.compile(r"(?:redis|valkey)(?:[\d.]+)?(?:-server)?|keydb(?:-server)?|memcached|dragonfly"),
    images=re.compile(
        r"redis(?:/redis-stack(?:-server)?)?|valkey(?:/valkey)?|memcached|eqalpha/keydb|dragonflydb/dragonfly|redis-cluster"
    ),
    services=re.compile(r"redis(?:\d+)?(?:-server)?|valkey(?:-server)?|memcached|keydb-server"),
    beside_others=False,
)

QUEUE: Final = Software(
    packages=re.compile(
        r"rabbitmq-server|activemq|artemis|zookeeperd?|zookeeper-server|kafka|confluent-(?:kafka|server|platform|community)\S*|"
        r"nats-server|mosquitto|redpanda|pulsar|beanstalkd|nsqd?"
    ),
    images=re.compile(
        r"rabbitmq|(?:apache/)?activemq(?:-classic|-artemis)?|(?:apache/|confluentinc/cp-|wurstmeister/)?kafka|confluentinc/cp-server|"
        r"(?:confluentinc/cp-|wurstmeister/)?zookeeper|nats|eclipse-mosquitto|(?:redpandadata|vectorized)/redpanda|apachepulsar/pulsar|nsqio/nsq"
    ),
    services=re.compile(
        r"rabbitmq-server|activemq|(?:confluent-)?kafka|(?:confluent-)?zookeeper|nats-server|mosquitto|beanstalkd"
    ),
    commands=re.compile(r"\b(?:kafka-server-start|zookeeper-server-start)(?:\.sh)?\b"),
)

MAIL: Final = Software(
    packages=re.compile(
        r"postfix|sendmail|exim4?|exim4-daemon-\w+|dovecot(?:-core|-imapd|-pop3d)?|haraka|opensmtpd|courier-(?:imap|mta)"
    ),
    images=re.compile(
        r"(?:mailserver|tvial)/docker-mailserver|boky/postfix|catatnip/postfix|juanluisbaptiste/postfix|dovecot/dovecot|"
        r"haraka/haraka|instrumentisto/postfix-mailserver|mailu/\w+|mailcow/\w+|analogic/poste\.io"
    ),
    services=re.compile(r"dovecot|exim4?|haraka"),
    unless=re.compile(r"relayhost|smarthost|SMART_HOST|email-smtp\."),
)

WEB: Final = Software(
    packages=re.compile(r"nginx\d*|httpd\d*|apache2|tomcat\d*|caddy|lighttpd|php[\d.]*-fpm|libapache2-mod-\S+|passenger"),
    images=re.compile(r"nginx(?:/nginx)?|nginxinc/\S+|httpd|caddy|tomcat|wordpress|php"),
    services=re.compile(r"nginx|httpd|apache2|tomcat\d*|caddy|lighttpd|php[\d.]*-fpm"),
)
