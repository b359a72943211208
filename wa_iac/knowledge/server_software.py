"""The server software that AWS runs as a service, and how to tell its server from its clients."""

from typing import Final

from wa_iac.core.late_pattern import late

from .user_data import Software

DATABASE: Final = Software(
    packages=late(
        r"(?:default-)?mysql(?:-community)?-server(?:-(?:core-)?[\d.]+)?|mysql\d+-(?:community-)?server|mariadb\d*-server(?:-(?:core-)?[\d.]+)?|"
        r"percona-(?:server-server|xtradb-cluster)\S*|postgresql[\d.]*-server|postgresql-server|mongodb-(?:org(?:-server)?|server)|"
        r"cassandra|scylla(?:-server)?|mssql-server|oracle-(?:database|xe)-\S+|influxdb2?|cockroachdb?|timescaledb-2-postgresql-\d+"
    ),
    apt=late(r"postgresql(?:-\d+(?:\.\d+)?)?|mongodb|mariadb|mysql"),
    images=late(
        r"mysql(?:/mysql-server)?|mariadb|postgres(?:ql)?|postgis/postgis|timescale/timescaledb(?:-ha)?|mongo|mongodb|"
        r"mongodb/mongodb-community-server|cassandra|scylladb/scylla|mssql/server|influxdb|cockroachdb/cockroach|"
        r"percona(?:/percona-server)?|gvenzl/oracle-\S+"
    ),
    services=late(r"mysqld?|mariadb|postgresql(?:-[\d.]+)?|mongod|cassandra|mssql-server"),
)
"""Databases that a service of AWS runs, or whose protocol it speaks. Neo4j, CouchDB, Couchbase and ClickHouse have none: to leave the
server is to write the program anew."""

CACHE: Final = Software(
    packages=late(r"(?:redis|valkey)(?:[\d.]+)?(?:-server)?|keydb(?:-server)?|memcached|dragonfly"),
    images=late(
        r"redis(?:/redis-stack(?:-server)?)?|valkey(?:/valkey)?|memcached|eqalpha/keydb|dragonflydb/dragonfly|redis-cluster"
    ),
    services=late(r"redis(?:\d+)?(?:-server)?|valkey(?:-server)?|memcached|keydb-server"),
    beside_others=False,
)

QUEUE: Final = Software(
    packages=late(
        r"rabbitmq-server|activemq|artemis|kafka|confluent-(?:kafka|server|platform|community)\S*|"
        r"nats-server|mosquitto|redpanda|pulsar|beanstalkd|nsqd?"
    ),
    images=late(
        r"rabbitmq|(?:apache/)?activemq(?:-classic|-artemis)?|(?:apache/|confluentinc/cp-|wurstmeister/)?kafka|confluentinc/cp-server|"
        r"nats|eclipse-mosquitto|(?:redpandadata|vectorized)/redpanda|apachepulsar/pulsar|nsqio/nsq"
    ),
    services=late(r"rabbitmq-server|activemq|(?:confluent-)?kafka|confluent-zookeeper|nats-server|mosquitto|beanstalkd"),
    commands=late(r"\b(?:kafka-server-start|zookeeper-server-start)(?:\.sh)?\b"),
)
"""Brokers. ZooKeeper is none: it also coordinates Solr, HBase or ClickHouse, and beside Kafka, Kafka itself is found."""

MAIL: Final = Software(
    packages=late(
        r"postfix|sendmail|exim4?|exim4-daemon-\w+|dovecot(?:-core|-imapd|-pop3d)?|haraka|opensmtpd|courier-(?:imap|mta)"
    ),
    images=late(
        r"(?:mailserver|tvial)/docker-mailserver|boky/postfix|catatnip/postfix|juanluisbaptiste/postfix|dovecot/dovecot|"
        r"haraka/haraka|instrumentisto/postfix-mailserver|mailu/\w+|mailcow/\w+|analogic/poste\.io"
    ),
    services=late(r"dovecot|exim4?|haraka"),
    unless=late(r"relayhost|smarthost|SMART_HOST|email-smtp\."),
)

PLATFORM: Final = Software(
    packages=late(
        r"elasticsearch(?:-oss)?|opensearch|solr|nfs-kernel-server|samba|vsftpd|proftpd(?:-basic)?|prometheus|"
        r"grafana(?:-enterprise)?|nagios\d?|zabbix-server-\S+|jenkins|gitlab-runner"
    ),
    images=late(
        r"(?:elasticsearch/)?elasticsearch|opensearchproject/opensearch|solr|(?:prom|prometheus)/prometheus|grafana/grafana(?:-oss|-enterprise)?|"
        r"zabbix/zabbix-server-\S+|jenkins/jenkins|gitlab/gitlab-runner|myoung34/github-runner|actions/actions-runner"
    ),
    services=late(
        r"elasticsearch|opensearch|solr|nfs-(?:kernel-)?server|smbd?|vsftpd|proftpd|prometheus|grafana-server|nagios|zabbix-server|jenkins|gitlab-runner"
    ),
    beside_others=False,
    unless=late(r"remote_write|aps-workspaces|feature=agent"),
)
"""Servers for search, files, monitoring and builds."""

WEB: Final = Software(
    packages=late(r"nginx\d*|httpd\d*|apache2|tomcat\d*|caddy|lighttpd|php[\d.]*-fpm|libapache2-mod-\S+|passenger"),
    images=late(r"nginx(?:/nginx)?|nginxinc/\S+|httpd|caddy|tomcat|wordpress|php"),
    services=late(r"nginx|httpd|apache2|tomcat\d*|caddy|lighttpd|php[\d.]*-fpm"),
)
