"""The APIs that SAM makes: REST and HTTP, declared or implied by events."""
