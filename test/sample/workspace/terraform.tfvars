# Variables of the orders stack
region          = "eu-west-1"
instance_count  = 2
db_password     = "not-a-real-password-7"
allowed_origins = ["https://orders.example.com"]

api_tokens = {
  warehouse = "example-token-0009" // read only
  invoices  = "AQICAHgPCRsCjggqkUorvj4LhotBcMphUuPwjEkZLnlp4cZQKQFRJRVKpXl1JCghAfqzLmJTAAAAcDBuBgkqhkiG9w0BBwagYTBfAgEAMFoGCSqGSIb3DQEHATAeBglghkgBZQMEAS4wEQQMkIaS7U6G6Vx6sXMBAgEQgC0Rb303d1mI2OWSuatEVfkO+3b0UjQsyq2RQPecC/jiSdGP97E3cJ5mUMJFmps="
}
