data "aws_kms_secrets" "orders" {
  secret {
    name    = "master_password"
    payload = "not-yet-encrypted"

    context = {
      service = "orders"
    }
  }

  secret {
    name    = "master_username"
    payload = "orders"
  }
}

output "user" {
  value     = data.aws_kms_secrets.orders.plaintext["master_username"]
  sensitive = true
}
