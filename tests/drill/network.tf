provider "aws" { region = "eu-west-1" }
resource "aws_vpc" "network" { cidr_block = "10.0.0.0/16" }
resource "aws_internet_gateway" "internet" { vpc_id = aws_vpc.network.id }
resource "aws_subnet" "public_a" {
  vpc_id            = aws_vpc.network.id
  cidr_block        = "10.0.0.0/24"
  availability_zone = "eu-west-1a"
}
resource "aws_subnet" "public_b" {
  vpc_id            = aws_vpc.network.id
  cidr_block        = "10.0.1.0/24"
  availability_zone = "eu-west-1b"
}
resource "aws_subnet" "private_a" {
  vpc_id            = aws_vpc.network.id
  cidr_block        = "10.0.2.0/24"
  availability_zone = "eu-west-1a"
}
resource "aws_subnet" "private_b" {
  vpc_id            = aws_vpc.network.id
  cidr_block        = "10.0.3.0/24"
  availability_zone = "eu-west-1b"
}
resource "aws_subnet" "private_c" {
  vpc_id            = aws_vpc.network.id
  cidr_block        = "10.0.4.0/24"
  availability_zone = "eu-west-1c"
}
resource "aws_route_table" "public_table" { vpc_id = aws_vpc.network.id }
resource "aws_route" "public_route" {
  route_table_id         = aws_route_table.public_table.id
  destination_cidr_block = "0.0.0.0/0"
  gateway_id             = aws_internet_gateway.internet.id
}
resource "aws_route_table_association" "public_a_use" {
  route_table_id = aws_route_table.public_table.id
  subnet_id      = aws_subnet.public_a.id
}
resource "aws_route_table_association" "public_b_use" {
  route_table_id = aws_route_table.public_table.id
  subnet_id      = aws_subnet.public_b.id
}
resource "aws_route_table" "private_table_a" { vpc_id = aws_vpc.network.id }
resource "aws_route_table" "private_table_b" { vpc_id = aws_vpc.network.id }
resource "aws_route_table_association" "private_a_use" {
  route_table_id = aws_route_table.private_table_a.id
  subnet_id      = aws_subnet.private_a.id
}
resource "aws_route_table_association" "private_b_use" {
  route_table_id = aws_route_table.private_table_b.id
  subnet_id      = aws_subnet.private_b.id
}
