source "amazon-ebs" "web" {
  ami_name      = "web-{{timestamp}}"
  ssh_password  = "sesame"
  instance_type = "t3.micro"
  source_ami_filter {
    filters = {
      name                = "al2023-ami-*"
      virtualization-type = "hvm"
    }
    owners      = ["amazon"]
    most_recent = true
  }
}

build {
  sources = ["source.amazon-ebs.web"]
  provisioner "shell" {
    inline = ["echo ${build.ID}", "sudo dnf -y update"]
  }
}
