"""What can be done about a failure, on a button or beside one."""

from PySide6.QtCore import QCoreApplication

from engineroom.contract.doctor import FixAction, FixBar
from engineroom_ui.text.marks import mark

FIXES: dict[FixAction, str] = {
    FixAction.LOWER_CONTEXT: mark("fixes", "Serve with half the context"),
    FixAction.LOWER_CONCURRENCY: mark("fixes", "Serve half as many requests at once"),
    FixAction.FEWER_TOKENS_PER_PASS: mark("fixes", "Read prompts in smaller pieces"),
    FixAction.LOWER_CACHE_SHARE: mark("fixes", "Give the cache less of the free memory"),
    FixAction.SMALLER_CACHE_FORMAT: mark("fixes", "Keep the cache in FP8, in half the room"),
    FixAction.CHECKPOINT_CACHE_FORMAT: mark("fixes", "Let the checkpoint say how the cache is kept"),
    FixAction.OTHER_PORT: mark("fixes", "Let the engine listen on another port"),
    FixAction.DROP_OPTION: mark("fixes", "Start without the option this version does not know"),
    FixAction.LOAD_IN_SEQUENCE: mark("fixes", "Load the weights one after the other, in less main memory"),
    FixAction.PLAIN_ALLREDUCE: mark("fixes", "Let the cards exchange data the plain way, through NCCL"),
    FixAction.NO_PEER_ACCESS: mark("fixes", "Let the cards exchange data through main memory"),
    FixAction.SET_PTXAS: mark("fixes", "Use the compiler of the CUDA toolkit"),
    FixAction.OVERSUBSCRIBE: mark("fixes", "Let MPI start more processes than it counts places for"),
    FixAction.RESTART_ENGINE: mark("fixes", "Start the engine again"),
    FixAction.PLAN_AGAIN: mark("fixes", "Make a new plan"),
    FixAction.CHOOSE_OTHER_PRECISION: mark("fixes", "Choose a checkpoint of the model in another precision"),
    FixAction.CHOOSE_OTHER_MODEL: mark("fixes", "Choose another model"),
    FixAction.CHOOSE_OTHER_RUNTIME: mark("fixes", "Choose another runtime"),
    FixAction.MORE_CARDS: mark("fixes", "Spread the model over more cards"),
    FixAction.FEWER_CARDS: mark("fixes", "Spread the model over fewer cards"),
    FixAction.PROBE_AGAIN: mark("fixes", "Ask the installed runtime again what it knows"),
    FixAction.REINSTALL_RUNTIME: mark("fixes", "Install the runtime anew"),
    FixAction.UPDATE_RUNTIME: mark("fixes", "Install a newer version of the runtime"),
    FixAction.PULL_IMAGE: mark("fixes", "Fetch the container image again"),
    FixAction.FETCH_AGAIN: mark("fixes", "Fetch the model again; what is here is kept"),
    FixAction.FREE_MEMORY: mark("fixes", "End what else holds memory of the card"),
    FixAction.DROP_PAGE_CACHE: mark("fixes", "Have the system give back memory it keeps files in"),
    FixAction.FREE_DISK: mark("fixes", "Free space on the disk"),
    FixAction.OWN_FOLDER: mark("fixes", "Give this user back the folder; a container may have written it as root"),
    FixAction.UPDATE_DRIVER: mark("fixes", "Update the NVIDIA driver to 580 or newer"),
    FixAction.REMOVE_CUDA_COMPAT: mark("fixes", "Remove the cuda-compat package"),
    FixAction.CHECK_DRIVER: mark("fixes", "Check that the driver sees the card"),
    FixAction.SHARE_CARD: mark("fixes", "Let several programs compute on the card at once"),
    FixAction.RESTART_COMPUTER: mark("fixes", "Restart the computer"),
    FixAction.INSTALL_LIBOPENMPI: mark("fixes", "Install Open MPI"),
    FixAction.LEAVE_MPI_JOB: mark("fixes", "Start from a shell that belongs to no cluster job"),
    FixAction.SHARE_HOST_MEMORY: mark("fixes", "Let the container share the host's memory segments"),
    FixAction.START_CONTAINER_SERVICE: mark("fixes", "Start the container service"),
    FixAction.JOIN_DOCKER_GROUP: mark("fixes", "Add this user to the docker group and sign in again"),
    FixAction.INSTALL_CONTAINER_TOOLKIT: mark("fixes", "Install the NVIDIA Container Toolkit"),
    FixAction.REMOVE_OLD_CONTAINER: mark("fixes", "Remove the container an earlier start left"),
    FixAction.ACCEPT_LICENCE: mark("fixes", "Accept the model's terms on its page"),
    FixAction.SET_TOKEN: mark("fixes", "Set a Hugging Face token that may read the model"),
    FixAction.GO_ONLINE: mark("fixes", "Connect to the network"),
    FixAction.WAIT: mark("fixes", "Wait a while and try again"),
}

BARS: dict[FixBar, str] = {
    FixBar.RIGHTS: mark("fixes", "It needs the rights of an administrator, which Engineroom never asks for."),
    FixBar.AGREEMENT: mark("fixes", "Only you can agree to somebody's terms, signed in as yourself."),
    FixBar.SECRET: mark("fixes", "A token is yours to give; it is asked for when you run the command."),
    FixBar.YOURS: mark("fixes", "What to give up of your own is for you to choose."),
    FixBar.OUTSIDE: mark("fixes", "It is decided outside this program."),
    FixBar.HARDWARE: mark("fixes", "This computer has no other number of such cards to offer."),
    FixBar.NOTHING_ELSE: mark("fixes", "Nothing else is known that would run on this card."),
    FixBar.SAME_ENGINE: mark(
        "fixes",
        "A new plan makes this very engine again. If its files are not what they were, remove it and build it anew.",
    ),
    FixBar.NOT_KNOWN: mark("fixes", "Where this model came from is not known, so it cannot be made again by itself."),
}


def bar(why: FixBar) -> str:
    """Why a person has to do it."""
    return QCoreApplication.translate("fixes", BARS[why])


def fix(action: FixAction) -> str:
    """A fix, as an order without a full stop."""
    return QCoreApplication.translate("fixes", FIXES[action])
