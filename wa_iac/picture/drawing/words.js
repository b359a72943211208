/* The names of types in words. */
(function (root) {
  "use strict";
  const pic = (root.waPicture = root.waPicture || {});

  const CAPITALS = new Set(
    (
      "acl acm alb api asg cidr cdn db dax dhcp dlm dms dns ebs ec2 ecr ecs efs eip eks elb emr gwlb http iam ip ipam kms lb mfa mq msk " +
      "nat nlb oidc ram rds s3 saml sns sqs ssh ssl ssm sso tls url vpc vpn waf"
    ).split(" "),
  );
  const NAMES = {
    alb: "Application load balancer",
    apigateway: "API Gateway",
    apigatewayv2: "API Gateway",
    apprunner: "App Runner",
    appsync: "AppSync",
    autoscaling: "Auto Scaling",
    backup: "Backup",
    cfn: "CloudFormation",
    cloudformation: "CloudFormation",
    cloudfront: "CloudFront",
    cloudtrail: "CloudTrail",
    cloudwatch: "CloudWatch",
    codebuild: "CodeBuild",
    codecommit: "CodeCommit",
    codedeploy: "CodeDeploy",
    codepipeline: "CodePipeline",
    docdb: "DocumentDB",
    dynamodb: "DynamoDB",
    eip: "Elastic IP",
    elasticache: "ElastiCache",
    elasticsearch: "Elasticsearch",
    guardduty: "GuardDuty",
    lb: "Load balancer",
    memorydb: "MemoryDB",
    opensearch: "OpenSearch",
    sagemaker: "SageMaker",
    secretsmanager: "Secrets Manager",
    securityhub: "Security Hub",
    servicediscovery: "Cloud Map",
    sfn: "Step Functions",
    wafv2: "WAF",
  };

  /** A type in words: `aws_lambda_function` and `AWS::Lambda::Function` are "Lambda function". */
  pic.typeInWords = function (type) {
    const parts = type.includes("::")
      ? type.split("::").slice(1).flatMap((part, at) => (at ? part.split(/(?<=[a-z0-9])(?=[A-Z])/) : [part]))
      : type.replace(/^(aws|awscc)_/, "").split("_");
    const said = parts.map((part) => part.toLowerCase()).filter(Boolean);
    const words = said.map((part) => (Object.hasOwn(NAMES, part) ? NAMES[part] : CAPITALS.has(part) ? part.toUpperCase() : part));
    const whole = words.join(" ");
    return whole.charAt(0).toUpperCase() + whole.slice(1);
  };
})(globalThis);
