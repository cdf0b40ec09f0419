"""What happened and what to do: why an engine did not start or ended, as its log told it."""

from engineroom.contract.problems import Code
from engineroom_ui.text.marks import mark

TEXTS_OF_CAUSES: dict[str, tuple[str, str]] = {
    Code.KV_TOO_SMALL: (
        mark("problems", "The memory left on the card does not hold the cache of one request. The engine said: {line}"),
        mark("problems", "Choose a shorter context, a smaller cache format or a smaller model."),
    ),
    Code.HOST_MEMORY_SHORT: (
        mark(
            "problems",
            "A worker was ended from outside while the model was loading; the computer probably ran out of main "
            "memory. The log says: {line}",
        ),
        mark("problems", "Close other programs, or load the weights one after the other."),
    ),
    Code.ENGINE_PORT_TAKEN: (
        mark("problems", "The engine could not have {address}: another program listens there."),
        mark("problems", "Let the engine take another port."),
    ),
    Code.NO_GPU_SEEN: (
        mark("problems", "The engine sees no card. It said: {line}"),
        mark("problems", "Check the driver; in a container, check that it was given a card."),
    ),
    Code.TOO_FEW_GPUS: (
        mark("problems", "The engine was to use {wanted} cards and sees {found}."),
        mark("problems", "Spread the model over fewer cards."),
    ),
    Code.CARD_NOT_SUPPORTED: (
        mark("problems", "This runtime has no code for the card. It said: {line}"),
        mark("problems", "Choose another runtime; the plan says which ones know the card."),
    ),
    Code.PRECISION_NOT_ON_CARD: (
        mark("problems", "The card cannot compute in the checkpoint's number format. The engine said: {line}"),
        mark("problems", "Choose a checkpoint in another precision."),
    ),
    Code.CUDA_FAULT: (
        mark("problems", "The card reported a fault while computing: {line}"),
        mark("problems", "Start the engine again; if it happens again, look at the card's own errors."),
    ),
    Code.MULTI_GPU_FAILED: (
        mark("problems", "The cards could not work together. The engine said: {line}"),
        mark("problems", "Try the plain way of exchanging data, or one card."),
    ),
    Code.DRIVER_TOO_OLD: (
        mark("problems", "The NVIDIA driver is too old for this runtime: {line}"),
        mark("problems", "Update the driver."),
    ),
    Code.CUDA_COMPAT_WRONG: (
        mark("problems", "The CUDA libraries and the driver do not fit together: {line}"),
        mark("problems", "Update the driver and remove the cuda-compat package."),
    ),
    Code.LIBRARY_MISSING: (
        mark("problems", "The library {library} is not on this computer."),
        mark("problems", "Install the package that has it; for libmpi that is libopenmpi-dev."),
    ),
    Code.RUNTIME_BROKEN: (
        mark("problems", "The runtime's own parts do not fit together: {line}"),
        mark("problems", "Install the runtime anew."),
    ),
    Code.MPI_ENVIRONMENT: (
        mark("problems", "The engine's workers could not be started as a group: {line}"),
        mark("problems", "Start it outside of any cluster job."),
    ),
    Code.PTXAS_MISSING: (
        mark("problems", "A compiler of the CUDA toolkit does not know the card: {line}"),
        mark("problems", "Use the toolkit's own ptxas."),
    ),
    Code.SHARED_MEMORY_SMALL: (
        mark("problems", "The container has too little shared memory: {line}"),
        mark("problems", "Give it that of the host."),
    ),
    Code.ENGINE_OPTION_UNKNOWN: (
        mark("problems", "This version of the runtime does not know the option {option}."),
        mark("problems", "Leave it out, or check the runtime again."),
    ),
    Code.ENGINE_CONFIG_REFUSED: (
        mark("problems", "The runtime refused how it was to serve: {line}"),
        mark("problems", "Make a new plan, or change the option it names."),
    ),
    Code.KV_FORMAT_REFUSED: (
        mark("problems", "The checkpoint does not take the cache format it was given: {line}"),
        mark("problems", "Let the checkpoint decide."),
    ),
    Code.CHECKPOINT_INCOMPLETE: (
        mark("problems", "The model's files are not all there: {line}"),
        mark("problems", "Fetch the model again; what is here is kept."),
    ),
    Code.CHECKPOINT_NOT_RECOGNISED: (
        mark("problems", "The runtime does not recognise how this checkpoint was quantised: {line}"),
        mark("problems", "Choose another checkpoint of the model."),
    ),
    Code.CONTAINER_SERVICE_DOWN: (
        mark("problems", "The container service does not answer: {line}"),
        mark("problems", "Start the container service."),
    ),
    Code.CONTAINER_NOT_ALLOWED: (
        mark("problems", "This user may not use the container service: {line}"),
        mark("problems", "Add the user to the docker group and sign in again."),
    ),
    Code.CONTAINER_TOOLKIT_MISSING: (
        mark("problems", "Containers get no card here: {line}"),
        mark("problems", "Install or repair the NVIDIA Container Toolkit."),
    ),
    Code.IMAGE_MISSING: (
        mark("problems", "The container image {image} is not on this computer."),
        mark("problems", "Install the runtime again."),
    ),
    Code.CONTAINER_NAME_TAKEN: (
        mark("problems", "A container named {name} is there already, left by an earlier start."),
        mark("problems", "Remove it, then start again."),
    ),
    Code.ENGINE_KNOWN_BUG: (
        mark("problems", "This is a known fault of this runtime version: {line}"),
        mark("problems", "Use a newer version of the runtime."),
    ),
    Code.ENGINE_STALLED: (
        mark(
            "problems",
            "The start stands still at the step {step}: for {waited_s} it said nothing, and neither card nor disk had "
            "work. It was ended. Its last words: {line}",
        ),
        mark("problems", "Serve again, or see what the doctor offers on the Logs page."),
    ),
    Code.ENGINE_UNHEALTHY: (
        mark("problems", "The engine ran, but could not answer any more: {reason}. It was ended."),
        mark("problems", "It is started again by itself; if it happens again, read the log."),
    ),
    Code.GPU_MEMORY_HELD: (
        mark("problems", "{engine} has ended, but memory of {name} is still held by {holders}."),
        mark("problems", "End what holds it, if nobody needs it."),
    ),
    Code.FINDING_NOT_FOUND: (
        mark("problems", "The doctor has nothing to say of {engine}."),
        mark("problems", "It has not failed since it last ran; nothing needs to be done."),
    ),
    Code.FIX_NOT_OFFERED: (
        mark("problems", "The doctor does not offer {fix} for {engine} any more."),
        mark("problems", "Look at its finding again; it offers {known}."),
    ),
    Code.FIX_IMPOSSIBLE: (
        mark("problems", "{fix} cannot be done for {engine} from here: {reason}"),
        mark("problems", "Choose another way out."),
    ),
    Code.FIX_NEEDS_YES: (
        mark("problems", "{fix} for {engine} would end programs of yours: {holders}."),
        mark("problems", "Say that they may be ended, or end them yourself."),
    ),
    Code.ORPHAN_NOT_FOUND: (
        mark("problems", "Process {pid} has ended, is another one by now, or carries no mark of an engine."),
        mark("problems", "Look at the list again."),
    ),
}
