"""`python -m wa_iac` is `wa-iac`."""

import os
import sys

if __name__ == "__main__":
    # Python looks for modules in the working directory first, also for an empty entry of PYTHONPATH. That directory is checked,
    # and a file called yaml.py in it must not run.
    if not sys.flags.safe_path:
        del sys.path[0]
    try:
        here = os.path.realpath(os.curdir)
    except FileNotFoundError:
        here = ""  # it no longer exists, so it contains nothing
    ours = os.path.dirname(os.path.dirname(os.path.realpath(__file__)))
    sys.path[:] = [each for each in sys.path if os.path.realpath(each) != here or here == ours]
    from wa_iac.cli.start import main

    main()
