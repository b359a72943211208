"""`python -m wa_iac` is `wa-iac`."""

from wa_iac.cli import main

if __name__ == "__main__":
    main()
