"""wa-iac: CloudFormation and Terraform against the AWS Well-Architected Framework, before anything is deployed."""

__version__ = "0.1.0"
