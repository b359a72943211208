"""Jobs that a server runs at set times by itself: by cron, a timer of systemd, or a scheduler."""

import re
from typing import Final

from wa_iac.core.late_pattern import late

from .user_data import uncommented

_CRONTAB: Final = late(r"\bcrontab\b|/etc/cron|/var/spool/cron")
_JOB: Final = late(
    r"(?:^\s*|[\"'(]\s*|\becho\s++(?:-e\s++)?)(?P<when>@(?:hourly|daily|midnight|weekly|monthly|yearly|annually)"
    r"|(?:[0-9*][0-9*/,-]*[ \t]+){4}(?:[0-9*]|(?:mon|tue|wed|thu|fri|sat|sun))[0-9a-z*/,-]*)[ \t]+(?P<command>[^\s*0-9].*)",
    re.IGNORECASE,
)
_DROPPED: Final = late(
    r"(?:>|\b(?:cp|mv|ln|tee|install)\b[^\n]{0,300}?)\s{0,50}(?P<file>/etc/cron\.(?P<when>hourly|daily|weekly|monthly)/\S+)"
)
_TIMER: Final = late(r"^[ \t]*+OnCalendar=(?P<when>\S.*)$", re.MULTILINE)
_STARTS: Final = late(r"^[ \t]*+ExecStart=(?P<command>.*)$", re.MULTILINE)
_SCHEDULER: Final = late(r"\bcelery\b[^\n]{0,300}\sbeat\b|\bairflow\s++(?:scheduler|standalone)\b|\bapache/airflow\b")
_OF_THE_SERVER: Final = late(
    r"certbot|letsencrypt|acme|\b(?:yum|dnf|apt|apt-get|zypper|snap)\b|unattended|upgrade|update|logrotate|/var/log|journalctl|"
    r"cloudwatch|mon-put|put-metric|metric|monitor|health|watchdog|cfn-|ssm|inspector|docker|podman|ecr|prune|clean|purge|tmp|"
    r"ntpdate|chrony|find\b.*-delete|\brm\b|fstrim|rkhunter|clamscan|freshclam|aide|lynis|reboot|shutdown|poweroff|"
    r"systemctl|service\s|supervisorctl|chown|chmod|\bdf\b|sync;|drop_caches|swap|authorized_keys|(?:user|group)(?:add|mod|del)|\b(?:adduser|deluser|chage|passwd|sudoers)\b|get-login|credential|ddclient|dns",
    re.IGNORECASE,
)
"""What keeps the server itself in order: it has to run there."""


def first_job(script: str) -> str | None:
    """When the first job runs that is not for the server itself; None where a script starts none."""
    script = uncommented(script)
    if _CRONTAB.search(script):
        for line in script.splitlines():
            for job in _JOB.finditer(line):
                if not _OF_THE_SERVER.search(job["command"]):
                    return " ".join(job["when"].split())
    for dropped in _DROPPED.finditer(script):
        if not _OF_THE_SERVER.search(dropped["file"].split(".", 1)[1].split("/", 1)[1]):
            return str(dropped["when"])
    timer = _TIMER.search(script)
    if timer and any(not _OF_THE_SERVER.search(each["command"]) for each in _STARTS.finditer(script)):
        return str(timer["when"]).strip()
    scheduler = _SCHEDULER.search(script)
    return "a scheduler" if scheduler else None
