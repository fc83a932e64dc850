"""What every engine offers: a build to read, and the builds that there are."""
