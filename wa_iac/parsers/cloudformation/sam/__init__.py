"""The transform `AWS::Serverless-2016-10-31`, carried out on the located tree: imported only where a template names it."""
