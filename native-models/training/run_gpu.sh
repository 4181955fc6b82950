#!/bin/sh
# The whole training on a machine with a GPU that is lent in calls of a few minutes. Everything stays under $WORK on its
# disk between the calls. A training stage ends after $STOP minutes with a checkpoint, and the same line continues it.
# The settings are those of $CONFIG; only batches and learning rates are scaled to the GPU.
#
#   sh run_gpu.sh unpack    PACK             PACK/pack-NN.zip, as `python -m dataset pack` wrote them
#   sh run_gpu.sh joint     MINUTES [more]   minutes in all, over all calls; `more` goes to train_tokenizer.py
#   sh run_gpu.sh encode
#   sh run_gpu.sh sharpen   MINUTES [more]   needs what encode wrote
#   sh run_gpu.sh denoiser  MINUTES [more]   needs what encode wrote
#   sh run_gpu.sh export    OUT              the package, its logs, curves and sheets as OUT/trained.tar.NN, below 16 MiB each
#
# Bring it back: cat trained.tar.* | tar xf -
set -eu
cd "$(dirname "$0")"
WORK=${WORK:-work}
PYTHON=${PYTHON:-python3}
CONFIG=${CONFIG:-tessera-base}
STOP=${STOP:-8}
stage=$1
shift

# Trains one stage: script, its output folder, minutes, flags.
train() {
  script=$1
  out=$2
  minutes=$3
  shift 3
  "$PYTHON" $script --config "$CONFIG" --crops "$WORK/crops" --out "$WORK/$out" --minutes "$minutes" \
    --compile --resume --stop-after "$STOP" "$@"
}

case $stage in
unpack) "$PYTHON" -m dataset unpack --work "$WORK" --pack "$1" ;;
joint)
  minutes=$1
  shift
  train "train_tokenizer.py joint" tokenizer "$minutes" --batch 128 "$@"
  ;;
encode) "$PYTHON" encode.py --config "$CONFIG" --crops "$WORK/crops" --tokenizer "$WORK/tokenizer" ;;
sharpen)
  minutes=$1
  shift
  train "train_tokenizer.py sharpen" tokenizer "$minutes" --batch 32 "$@"
  ;;
denoiser)
  minutes=$1
  shift
  train train_denoiser.py denoiser "$minutes" --tokenizer "$WORK/tokenizer" \
    --batch-scale 16 --learning-rate 1.5e-3 --warmup 300 "$@"
  ;;
export)
  "$PYTHON" export.py --config "$CONFIG" --work "$WORK" --out "$WORK/package"
  mkdir -p "$1"
  (cd "$WORK" && tar cf - package tokenizer/*.jsonl tokenizer/*.png denoiser/*.jsonl denoiser/*.png) |
    split -b 15M -d - "$1/trained.tar."
  ;;
*)
  echo "no stage $stage: unpack, joint, encode, sharpen, denoiser, export" >&2
  exit 2
  ;;
esac
