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
    certificatemanager: "ACM",
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
    elasticloadbalancing: "ELB",
    elasticloadbalancingv2: "ELB",
    elasticsearch: "Elasticsearch",
    guardduty: "GuardDuty",
    lb: "Load balancer",
    logs: "CloudWatch",
    memorydb: "MemoryDB",
    opensearch: "OpenSearch",
    sagemaker: "SageMaker",
    secretsmanager: "Secrets Manager",
    securityhub: "Security Hub",
    servicediscovery: "Cloud Map",
    sfn: "Step Functions",
    stepfunctions: "Step Functions",
    wafv2: "WAF",
  };

  /* Where a word begins in `DBSubnetGroup`. */
  const BEGIN = /(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])/;

  const phrase = (parts) =>
    parts
      .map((part) => part.toLowerCase())
      .map((part) => (Object.hasOwn(NAMES, part) ? NAMES[part] : CAPITALS.has(part) ? part.toUpperCase() : part))
      .join(" ");

  function ofTemplate(service, kind) {
    const known = service.toLowerCase();
    const first = Object.hasOwn(NAMES, known) ? NAMES[known] : service.split(BEGIN).join(" ");
    const rest = phrase((kind || "").split(BEGIN));
    if (service === "EC2" && kind !== "Instance") return rest;
    /* AWS::AutoScaling::AutoScalingGroup says it twice. */
    const twice = rest.replace(/ /g, "").toLowerCase().startsWith(first.replace(/ /g, "").toLowerCase());
    return twice ? first + rest.slice(first.length) : first + " " + rest;
  }

  /** A type in words: `aws_lambda_function` and `AWS::Lambda::Function` are "Lambda function". */
  pic.typeInWords = function (type) {
    const [, service, kind] = type.split("::");
    const words = service ? ofTemplate(service, kind) : phrase(type.replace(/^(aws|awscc)_/, "").split("_"));
    return (words.charAt(0).toUpperCase() + words.slice(1)).trim();
  };
})(globalThis);
