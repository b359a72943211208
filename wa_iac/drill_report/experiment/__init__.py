"""An experiment of the AWS Fault Injection Service (FIS) that tests on the real stack what a drill says of the code."""
