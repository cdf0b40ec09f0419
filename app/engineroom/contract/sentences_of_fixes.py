"""English sentences for what can be done about a failure. What exactly would change is the fix's dry run."""

from engineroom.domain.finding import FixBar
from engineroom.domain.trtllm.fixes import FixAction

SENTENCES_OF_FIXES: dict[FixAction, str] = {
    FixAction.LOWER_CONTEXT: "Serve with half the context.",
    FixAction.LOWER_CONCURRENCY: "Serve half as many requests at once.",
    FixAction.FEWER_TOKENS_PER_PASS: "Read prompts in smaller pieces.",
    FixAction.LOWER_CACHE_SHARE: "Give the cache less of the free memory.",
    FixAction.SMALLER_CACHE_FORMAT: "Keep the cache in FP8, in half the room.",
    FixAction.CHECKPOINT_CACHE_FORMAT: "Let the checkpoint say how the cache is kept.",
    FixAction.OTHER_PORT: "Let the engine listen on another port.",
    FixAction.DROP_OPTION: "Start without the option this version does not know.",
    FixAction.LOAD_IN_SEQUENCE: "Load the weights one after the other, in less main memory.",
    FixAction.PLAIN_ALLREDUCE: "Let the cards exchange data the plain way, through NCCL.",
    FixAction.NO_PEER_ACCESS: "Let the cards exchange data through main memory.",
    FixAction.SET_PTXAS: "Use the compiler of the CUDA toolkit.",
    FixAction.OVERSUBSCRIBE: "Let MPI start more processes than it counts places for.",
    FixAction.RESTART_ENGINE: "Start the engine again.",
    FixAction.PLAN_AGAIN: "Make a new plan.",
    FixAction.CHOOSE_OTHER_PRECISION: "Choose a checkpoint of the model in another precision.",
    FixAction.CHOOSE_OTHER_MODEL: "Choose another model.",
    FixAction.CHOOSE_OTHER_RUNTIME: "Choose another runtime.",
    FixAction.MORE_CARDS: "Spread the model over more cards.",
    FixAction.FEWER_CARDS: "Spread the model over fewer cards.",
    FixAction.PROBE_AGAIN: "Ask the installed runtime again what it knows.",
    FixAction.REINSTALL_RUNTIME: "Install the runtime anew.",
    FixAction.UPDATE_RUNTIME: "Install a newer version of the runtime.",
    FixAction.PULL_IMAGE: "Fetch the container image again.",
    FixAction.FETCH_AGAIN: "Fetch the model again; what is here is kept.",
    FixAction.FREE_MEMORY: "End what else holds memory of the card.",
    FixAction.DROP_PAGE_CACHE: "Have the system give back memory it keeps files in.",
    FixAction.FREE_DISK: "Free space on the disk.",
    FixAction.OWN_FOLDER: "Give this user back the folder; a container may have written it as root.",
    FixAction.UPDATE_DRIVER: "Update the NVIDIA driver to 580 or newer.",
    FixAction.REMOVE_CUDA_COMPAT: "Remove the cuda-compat package.",
    FixAction.CHECK_DRIVER: "Check that the driver sees the card.",
    FixAction.SHARE_CARD: "Let several programs compute on the card at once.",
    FixAction.RESTART_COMPUTER: "Restart the computer.",
    FixAction.INSTALL_LIBOPENMPI: "Install Open MPI.",
    FixAction.LEAVE_MPI_JOB: "Start from a shell that belongs to no cluster job.",
    FixAction.SHARE_HOST_MEMORY: "Let the container share the host's memory segments.",
    FixAction.START_CONTAINER_SERVICE: "Start the container service.",
    FixAction.JOIN_DOCKER_GROUP: "Add this user to the docker group and sign in again.",
    FixAction.INSTALL_CONTAINER_TOOLKIT: "Install the NVIDIA Container Toolkit.",
    FixAction.REMOVE_OLD_CONTAINER: "Remove the container an earlier start left.",
    FixAction.ACCEPT_LICENCE: "Accept the model's terms on its page.",
    FixAction.SET_TOKEN: "Set a Hugging Face token that may read the model.",
    FixAction.GO_ONLINE: "Connect to the network.",
    FixAction.WAIT: "Wait a while and try again.",
}

BARS: dict[FixBar, str] = {
    FixBar.RIGHTS: "It needs the rights of an administrator, which Engineroom never asks for.",
    FixBar.AGREEMENT: "Only you can agree to somebody's terms, signed in as yourself.",
    FixBar.SECRET: "A token is yours to give; it is asked for when you run the command.",
    FixBar.YOURS: "What to give up of your own is for you to choose.",
    FixBar.OUTSIDE: "It is decided outside this program.",
    FixBar.HARDWARE: "This computer has no other number of such cards to offer.",
    FixBar.NOTHING_ELSE: "Nothing else is known that would run on this card.",
    FixBar.SAME_ENGINE: (
        "A new plan makes this very engine again. If its files are not what they were, remove it and build it anew."
    ),
    FixBar.NOT_KNOWN: "Where this model came from is not known, so it cannot be made again by itself.",
}
"""Why a person has to do it."""
