#!/bin/sh
# /models/Qwen3-8B-FP8 on 2 machines, 2 cards. Read it before you run it.
# NVIDIA validated TensorRT-LLM 1.2 on a single machine of this kind only, not on several.
# The server has no keys: whoever reaches its port can use it.
set -eu
# 1. On every machine: the container that waits for the others.
start_node() {
  docker run \
    --detach \
    --rm \
    --pull never \
    --name engineroom-nodes \
    --gpus '"device=all"' \
    --network host \
    --ipc host \
    --ulimit memlock=-1 \
    --ulimit stack=67108864 \
    --device /dev/infiniband:/dev/infiniband \
    --env UCX_NET_DEVICES=enp1s0f0np0,enp1s0f1np1 \
    --env NCCL_SOCKET_IFNAME=enp1s0f0np0,enp1s0f1np1 \
    --env OMPI_MCA_btl_tcp_if_include=enp1s0f0np0,enp1s0f1np1 \
    --env OMPI_MCA_orte_default_hostfile=/etc/openmpi-hostfile \
    --env OMPI_MCA_rmaps_ppr_n_pernode=1 \
    --env OMPI_ALLOW_RUN_AS_ROOT=1 \
    --env OMPI_ALLOW_RUN_AS_ROOT_CONFIRM=1 \
    --env TRITON_PTXAS_PATH=/usr/local/cuda/bin/ptxas \
    --env TLLM_LOG_LEVEL=info \
    --env HF_HUB_OFFLINE=1 \
    --env TRTLLM_NO_USAGE_STATS=1 \
    --env DO_NOT_TRACK=1 \
    --env TELEMETRY_DISABLED=true \
    --env HF_HUB_DISABLE_TELEMETRY=1 \
    --env HF_TOKEN \
    --mount type=bind,source=/models,target=/models,readonly \
    --mount type=bind,source=/models/Qwen3-8B-FP8.yaml,target=/models/Qwen3-8B-FP8.yaml,readonly \
    --mount type=bind,source=/models/entry.sh,target=/entry.sh,readonly nvcr.io/nvidia/tensorrt-llm/release:1.2.1 sh /entry.sh
}
# 2. On the first machine: which machines there are, and how many ranks on each.
start_server() {
  docker exec -i engineroom-nodes sh -c 'cat > /etc/openmpi-hostfile' <<'HOSTS'
192.168.100.10 port=2233 slots=1
192.168.100.11 port=2233 slots=1
HOSTS
  docker exec engineroom-nodes mpirun \
    -x HF_TOKEN \
    -x TRITON_PTXAS_PATH \
    -x TLLM_LOG_LEVEL \
    -x HF_HUB_OFFLINE \
    -x TRTLLM_NO_USAGE_STATS \
    -x DO_NOT_TRACK \
    -x TELEMETRY_DISABLED \
    -x HF_HUB_DISABLE_TELEMETRY trtllm-llmapi-launch trtllm-serve serve /models/Qwen3-8B-FP8 \
    --tp_size 2 \
    --backend pytorch \
    --port 8355 \
    --host 127.0.0.1 \
    --max_batch_size 2 \
    --max_num_tokens 8192 \
    --max_seq_len 32768 \
    --fail_fast_on_attention_window_too_large \
    --reasoning_parser qwen3 \
    --tool_parser qwen3 \
    --extra_llm_api_options /models/Qwen3-8B-FP8.yaml
}
case "${1:-}" in
  node) start_node ;;
  server) start_server ;;
  stop) docker stop --time 60 engineroom-nodes ;;
  *) echo "usage: $0 node|server|stop" >&2; exit 2 ;;
esac
# --- /models/Qwen3-8B-FP8.yaml
# enable_iter_perf_stats: true
# return_perf_metrics: true
# perf_metrics_max_requests: 1000
# guided_decoding_backend: xgrammar
# disable_overlap_scheduler: true
# kv_cache_config:
#   dtype: auto
#   tokens_per_block: 32
#   free_gpu_memory_fraction: 0.95
#   max_gpu_total_bytes: 2415919104
# cuda_graph_config:
#   enable_padding: true
#   max_batch_size: 2
# enable_chunked_prefill: true
