"""Amazon Athena."""

from typing import Annotated

from wa_iac.core.binding import Cfn, Default, Tf
from wa_iac.core.coerce import Tags
from wa_iac.core.logic import holds
from wa_iac.core.resource import Resource
from wa_iac.core.value import Value


class WorkGroup(Resource, cfn="AWS::Athena::WorkGroup", tf="aws_athena_workgroup", cfn_key="Name", tf_key="name"):
    """The settings of some users' queries."""

    name: Annotated[Value[str], Cfn("Name"), Tf("name")]
    state: Annotated[Value[str], Cfn("State"), Tf("state"), Default("ENABLED")]
    # Whether these settings also count for queries that bring their own.
    enforced: Annotated[
        Value[bool],
        Cfn("WorkGroupConfiguration.EnforceWorkGroupConfiguration"),
        Tf("configuration.enforce_workgroup_configuration"),
        Default(True),
    ]
    output_location: Annotated[
        Value[str],
        Cfn("WorkGroupConfiguration.ResultConfiguration.OutputLocation"),
        Tf("configuration.result_configuration.output_location"),
    ]
    encryption: Annotated[
        Value[str],
        Cfn("WorkGroupConfiguration.ResultConfiguration.EncryptionConfiguration.EncryptionOption"),
        Tf("configuration.result_configuration.encryption_configuration.encryption_option"),
    ]
    managed_results: Annotated[
        Value[bool],
        Cfn("WorkGroupConfiguration.ManagedQueryResultsConfiguration.Enabled"),
        Tf("configuration.managed_query_results_configuration.enabled"),
        Default(False),
    ]
    scan_limit: Annotated[
        Value[int],
        Cfn("WorkGroupConfiguration.BytesScannedCutoffPerQuery"),
        Tf("configuration.bytes_scanned_cutoff_per_query"),
    ]
    engine: Annotated[
        Value[str],
        Cfn("WorkGroupConfiguration.EngineVersion.SelectedEngineVersion"),
        Tf("configuration.engine_version.selected_engine_version"),
        Default("AUTO"),
    ]
    tags: Annotated[Value[Tags], Cfn("Tags"), Tf("tags_all"), Tf("tags")]

    def runs_spark(self) -> Value[bool]:
        """Whether it is for notebooks with Apache Spark instead of SQL."""
        return holds(self.engine, lambda engine: "spark" in engine.lower())

    def is_disabled(self) -> Value[bool]:
        """Whether it runs no queries."""
        return holds(self.state, lambda state: state == "DISABLED")
