include "root" {
  path = find_in_parent_folders("root.hcl")
}

/* Pinned: see the change log
   before raising it. */
terraform { source = "git::https://example.com/modules.git//app?ref=v1.2.0" }

inputs = merge(
  local.defaults,
  {
    name     = "orders"
    password = "hunter2"
    replicas = 3
  },
)
