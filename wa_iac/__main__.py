"""`python -m wa_iac` is `wa-iac`."""

import os
import sys

if __name__ == "__main__":
    # Python looks for modules in the working directory first, and where an empty entry of PYTHONPATH stands for it: that is what is
    # checked, and a file in it called yaml.py is not to be run.
    if not sys.flags.safe_path:
        del sys.path[0]
    try:
        here = os.path.realpath(os.curdir)
    except FileNotFoundError:
        here = ""  # it does not exist any more, and so holds nothing
    ours = os.path.dirname(os.path.dirname(os.path.realpath(__file__)))
    sys.path[:] = [each for each in sys.path if os.path.realpath(each) != here or here == ours]
    from wa_iac.cli.app import main

    main()
