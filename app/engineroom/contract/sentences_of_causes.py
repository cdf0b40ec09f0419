"""English sentences for why an engine did not start or ended, as its log told it."""

from engineroom.domain.errors import Code

SENTENCES_OF_CAUSES: dict[str, str] = {
    Code.KV_TOO_SMALL: (
        "The memory left on the card does not hold the cache of one request. The engine said: {line:.} Choose a "
        "shorter context, a smaller cache format or a smaller model."
    ),
    Code.HOST_MEMORY_SHORT: (
        "A worker was ended from outside while the model was loading, most likely because the computer ran out of "
        "main memory: {line:.} Close other programs, or load the weights one after the other."
    ),
    Code.ENGINE_PORT_TAKEN: (
        "The engine could not have {address}: another program listens there. Let it take another port."
    ),
    Code.NO_GPU_SEEN: (
        "The engine sees no card: {line:.} Check the driver with nvidia-smi; in a container, check that it was "
        "given a card."
    ),
    Code.TOO_FEW_GPUS: "The engine was to use {wanted} cards and sees {found}. Spread the model over fewer cards.",
    Code.CARD_NOT_SUPPORTED: (
        "This runtime has no code for the card: {line:.} Choose another runtime; the plan says which ones know it."
    ),
    Code.PRECISION_NOT_ON_CARD: (
        "The card has no code for the checkpoint's number format: {line:.} Choose a checkpoint in another precision."
    ),
    Code.CUDA_FAULT: (
        "The card reported a fault while computing: {line:.} Start the engine again; if it happens again, look for "
        "Xid messages of the card."
    ),
    Code.MULTI_GPU_FAILED: (
        "The cards could not work together: {line:.} Try the plain way of exchanging data, or one card."
    ),
    Code.DRIVER_TOO_OLD: "The NVIDIA driver is too old for this runtime: {line:.} Update the driver.",
    Code.CUDA_COMPAT_WRONG: (
        "The CUDA libraries and the driver do not fit together: {line:.} Update the driver and remove the "
        "cuda-compat package."
    ),
    Code.LIBRARY_MISSING: (
        "The library {library} is not on this computer. Install the package that has it; for libmpi that is "
        "libopenmpi-dev."
    ),
    Code.RUNTIME_BROKEN: "The runtime's own parts do not fit together: {line:.} Install the runtime anew.",
    Code.MPI_ENVIRONMENT: (
        "The engine's workers could not be started as a group: {line:.} Start it outside of any cluster job."
    ),
    Code.PTXAS_MISSING: "A compiler of the CUDA toolkit does not know the card: {line:.} Use the toolkit's own ptxas.",
    Code.SHARED_MEMORY_SMALL: "The container has too little shared memory: {line:.} Give it that of the host.",
    Code.ENGINE_OPTION_UNKNOWN: (
        "This version of the runtime does not know the option {option}. Leave it out, or probe the runtime again."
    ),
    Code.ENGINE_CONFIG_REFUSED: (
        "The runtime refused how it was to serve: {line:.} Make a new plan, or change the option it names."
    ),
    Code.KV_FORMAT_REFUSED: (
        "The checkpoint does not take the cache format it was given: {line:.} Let the checkpoint decide."
    ),
    Code.CHECKPOINT_INCOMPLETE: (
        "The model's files are not all there: {line:.} Fetch the model again; what is here is kept."
    ),
    Code.CHECKPOINT_NOT_RECOGNISED: (
        "The runtime does not recognise how this checkpoint was quantised: {line:.} Choose another checkpoint of "
        "the model."
    ),
    Code.CONTAINER_SERVICE_DOWN: (
        "The container service does not answer: {line:.} Start it, for example with: systemctl start docker"
    ),
    Code.CONTAINER_NOT_ALLOWED: (
        "This user may not use the container service: {line:.} Add the user to the docker group and sign in again."
    ),
    Code.CONTAINER_TOOLKIT_MISSING: (
        "Containers get no card here: {line:.} Install or repair the NVIDIA Container Toolkit."
    ),
    Code.IMAGE_MISSING: "The container image {image} is not on this computer. Install the runtime again.",
    Code.CONTAINER_NAME_TAKEN: "A container named {name} is there already, left by an earlier start. Remove it.",
    Code.ENGINE_STALLED: (
        "The start stands still at the step {step}: for {waited_s} s it said nothing, and neither card nor disk had "
        "work. Its last words: {line:.} It was ended; start it again, or see what the doctor offers."
    ),
    Code.ENGINE_UNHEALTHY: (
        "The engine ran, but could not answer any more: {reason:.} It was ended, and is started again by itself up to "
        "three times."
    ),
    Code.GPU_MEMORY_HELD: (
        "{engine} has ended, but memory of {name} is still held by {holders}. See: engineroom orphans"
    ),
    Code.FINDING_NOT_FOUND: "The doctor has nothing to say of {engine}: it has not failed since it last ran.",
    Code.FIX_NOT_OFFERED: "The doctor does not offer {fix} for {engine}. It offers: {known}.",
    Code.FIX_IMPOSSIBLE: "{fix} cannot be done for {engine} from here: {reason}",
    Code.FIX_NEEDS_YES: (
        "{fix} for {engine} would end programs of yours, and does so only for those you name: {holders}. Add --end PID."
    ),
    Code.ORPHAN_NOT_FOUND: (
        "Process {pid} is not one that could be ended here: it has ended, is another one by now, or carries no mark of "
        "an engine. List them with: engineroom orphans"
    ),
    Code.ENGINE_KNOWN_BUG: "This is a known fault of this runtime version: {line:.} Use a newer version of it.",
}
