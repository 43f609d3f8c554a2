terraform {
  required_version = ">= 1.6"
  required_providers {
    aws = { source = "hashicorp/aws", version = "~> 5.0" }
  }
}

variable "db_password" {
  type      = string
  default   = "hunter2" # only for the sandbox
  sensitive = true

  validation {
    condition     = length(var.db_password) >= 7
    error_message = "Too short."
  }
}

locals {
  name = "orders-${terraform.workspace}"
  tags = merge(var.tags, { Team = "desk", "Cost:Center" = 42 })
}

resource "aws_db_instance" "orders" {
  identifier          = local.name
  engine              = "postgres"
  allocated_storage   = 20
  username            = "orders"
  password            = "sesame $${not} %%{here}"
  skip_final_snapshot = true
  tags                = local.tags

  lifecycle { ignore_changes = [password] }
}

resource "aws_secretsmanager_secret_version" "api" {
  secret_id = aws_secretsmanager_secret.api.id
  secret_string = jsonencode({
    username = "orders"
    password = "swordfish"
    hosts    = ["db-1", "db-2"]
    url      = "postgres://${var.host}/orders"
  })
}

resource "aws_instance" "web" {
  count     = var.enabled ? 1 : 0
  user_data = <<-EOF
    #!/bin/bash
    export API_KEY=abc
      exec /usr/bin/web
  EOF

  dynamic "ebs_block_device" {
    for_each = { for d in var.disks : d.name => d }
    content {
      device_name = ebs_block_device.key
      encrypted   = true
    }
  }
}
