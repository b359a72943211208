"""The transform `AWS::Serverless-2016-10-31`, expanded on the located tree. Imported only if a template names it."""
