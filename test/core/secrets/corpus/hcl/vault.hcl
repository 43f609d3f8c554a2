ui = true

storage "postgresql" {
  connection_url = "postgres://vault:hunter2@db:5432/vault"
}

listener "tcp" {
  address     = "0.0.0.0:8200"
  tls_disable = 1
}

seal "awskms" {
  region     = "eu-west-1"
  kms_key_id = "alias/vault"
}
