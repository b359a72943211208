"""Where a module names types to decide whether it imports their service, they are all types of the service's classes."""

import pytest

from wa_iac.aws.autoscaling import LaunchConfiguration
from wa_iac.aws.cloudfront import Delivery, DeliverySource, Distribution
from wa_iac.aws.cloudtrail import Trail
from wa_iac.aws.ec2 import Instance, LaunchTemplate
from wa_iac.aws.ecs import Service
from wa_iac.aws.elb import LoadBalancer as ClassicLoadBalancer
from wa_iac.aws.elbv2 import LoadBalancer
from wa_iac.aws.eventbridge import EventRule
from wa_iac.aws.observabilityadmin import OrganizationTelemetryRule, TelemetryRule
from wa_iac.aws.rds import Cluster as DatabaseCluster
from wa_iac.aws.rds import Instance as Database
from wa_iac.core.resource import Resource
from wa_iac.knowledge import lambda_use, log_buckets, log_deliveries, public_members, reachability, telemetry_rules


@pytest.mark.parametrize(
    ("named", "classes"),
    [
        pytest.param(named, classes, id=name)
        for name, named, classes in (
            ("launch templates", reachability._LAUNCH_TEMPLATE, [LaunchTemplate]),
            ("what starts instances", reachability._TEMPLATES, [LaunchTemplate, LaunchConfiguration]),
            ("instances", public_members._INSTANCES, [Instance]),
            ("services of ECS", public_members._TASKS, [Service]),
            ("load balancers", public_members._LOAD_BALANCERS, [LoadBalancer]),
            ("classic load balancers", public_members._CLASSIC_LOAD_BALANCERS, [ClassicLoadBalancer]),
            ("databases", public_members._DATABASES, [Database]),
            ("clusters of databases", public_members._DATABASE_CLUSTERS, [DatabaseCluster]),
            ("trails", log_buckets._TRAILS, [Trail]),
            ("load balancers with logs", log_buckets._LOAD_BALANCERS, [LoadBalancer]),
            ("distributions", log_buckets._DISTRIBUTIONS, [Distribution]),
            ("rules of telemetry", telemetry_rules._RULES, [TelemetryRule, OrganizationTelemetryRule]),
            ("deliveries of logs", log_deliveries._DELIVERIES, [DeliverySource, Delivery]),
            ("rules of EventBridge", lambda_use._EVENT_RULES, [EventRule]),
        )
    ],
)
def test_types_are_those_of_the_classes(named: frozenset[str], classes: list[type[Resource]]) -> None:
    assert named == {each for one in classes for each in one.types()}
