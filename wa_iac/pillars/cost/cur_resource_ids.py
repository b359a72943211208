"""# Cost and usage report does not name resources

## Why

Without the ids of resources, the report says that a service costs twice as much as last month, and not which bucket or instance does.
Anyone who looks for the cause has to guess.

## What it checks

The rule reports a Cost and Usage Report whose additional elements do not contain `RESOURCES`.

## What is left out

Data Exports, the newer kind of report, whose query names the columns.

## Non-compliant

```yaml
Resources:
  Costs:  # finding
    Type: AWS::CUR::ReportDefinition
    Properties:
      ReportName: costs
      S3Bucket: costs
      S3Prefix: cur
      S3Region: us-east-1
      TimeUnit: DAILY
      Format: Parquet
      Compression: Parquet
      RefreshClosedReports: true
      ReportVersioning: OVERWRITE_REPORT
```

```hcl
resource "aws_cur_report_definition" "costs" {
  report_name                = "costs"
  s3_bucket                  = "costs"
  s3_prefix                  = "cur"
  s3_region                  = "us-east-1"
  time_unit                  = "DAILY"
  format                     = "Parquet"
  compression                = "Parquet"
  additional_schema_elements = ["SPLIT_COST_ALLOCATION_DATA"] # finding
}
```

## Compliant

```yaml
Resources:
  Costs:
    Type: AWS::CUR::ReportDefinition
    Properties:
      ReportName: costs
      S3Bucket: costs
      S3Prefix: cur
      S3Region: us-east-1
      TimeUnit: DAILY
      Format: Parquet
      Compression: Parquet
      RefreshClosedReports: true
      ReportVersioning: OVERWRITE_REPORT
      AdditionalSchemaElements: [RESOURCES]
```

```hcl
resource "aws_cur_report_definition" "costs" {
  report_name                = "costs"
  s3_bucket                  = "costs"
  s3_prefix                  = "cur"
  s3_region                  = "us-east-1"
  time_unit                  = "DAILY"
  format                     = "Parquet"
  compression                = "Parquet"
  additional_schema_elements = ["RESOURCES"]
}
```

## Undecided

The result is undecided if the elements are not known before deployment.

```yaml
Parameters:
  Elements:
    Type: CommaDelimitedList
Resources:
  Costs:
    Type: AWS::CUR::ReportDefinition
    Properties:
      ReportName: costs
      S3Bucket: costs
      S3Prefix: cur
      S3Region: us-east-1
      TimeUnit: DAILY
      Format: Parquet
      Compression: Parquet
      RefreshClosedReports: true
      ReportVersioning: OVERWRITE_REPORT
      AdditionalSchemaElements: !Ref Elements  # undecided: parameter "Elements" has no default
```

```hcl
variable "elements" {
  type = list(string)
}

resource "aws_cur_report_definition" "costs" {
  report_name                = "costs"
  s3_bucket                  = "costs"
  s3_prefix                  = "cur"
  s3_region                  = "us-east-1"
  time_unit                  = "DAILY"
  format                     = "Parquet"
  compression                = "Parquet"
  additional_schema_elements = var.elements # undecided: var.elements has no default
}
```

## Sources

- [Creating reports - AWS Cost and Usage Reports](https://docs.aws.amazon.com/cur/latest/userguide/cur-create.html), read on 2026-11-29
"""

from wa_iac.aws.cur import ReportDefinition
from wa_iac.core.fix import Recipe
from wa_iac.core.rule import Flags, Severity, all_known, flag, rule, settled
from wa_iac.core.value import Known, Unknown


@rule(
    practices=["COST03-BP01"],
    severity=Severity.LOW,
    profile="all",
    fix=Recipe(
        cfn={"AdditionalSchemaElements": ["RESOURCES"]},
        tf={"additional_schema_elements": ["RESOURCES"]},
        unsafe_because="the report grows, and programs that read it see more rows",
    ),
)
def check(report: ReportDefinition) -> Flags:
    elements = settled(report.elements)
    listed = elements.value if isinstance(elements, Known) else []
    if Known("RESOURCES") in listed:
        return
    all_known(*(each for each in listed if isinstance(each, Unknown)))
    yield flag(
        elements,
        "This report does not contain the ids of resources: it shows which service costs more, and not which bucket or instance.",
    )
