region      = "eu-west-1"
db_password = "hunter2"
db_port     = 5432
multi_az    = false
subnets     = ["subnet-1", "subnet-2"]

// For the shop
api = {
  url   = "https://api.example.com"
  token = "tok-\"1\""
  limits = { rate = 10, burst = -1 }
}

certificate = <<EOT
-----BEGIN TEST KEY-----
c2FtcGxl
-----END TEST KEY-----
EOT
