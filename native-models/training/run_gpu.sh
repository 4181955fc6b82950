#!/bin/sh
# The whole training on a machine with a GPU that is lent in calls of a few minutes. Everything stays under $WORK on its
# disk between the calls; a training stage ends after $STOP minutes with a checkpoint, and the same line goes on with it.
#
#   sh run_gpu.sh unpack   PACK             PACK/pack-NN.zip, as `python -m dataset pack` wrote them
#   sh run_gpu.sh tokenizer MINUTES [more]  minutes in all, over all calls; `more` goes to train_tokenizer.py
#   sh run_gpu.sh encode
#   sh run_gpu.sh denoiser MINUTES [more]
#   sh run_gpu.sh export   OUT              the package, its logs, curves and sheets as OUT/trained.tar.NN, below 16 MiB each
#
# Bring it back: cat trained.tar.* | tar xf -
set -eu
cd "$(dirname "$0")"
WORK=${WORK:-work}
PYTHON=${PYTHON:-python3}
STOP=${STOP:-8}
stage=$1
shift

case $stage in
unpack) "$PYTHON" -m dataset unpack --work "$WORK" --pack "$1" ;;
tokenizer)
  minutes=$1
  shift
  "$PYTHON" train_tokenizer.py joint --crops "$WORK/crops" --out "$WORK/tokenizer" --minutes "$minutes" \
    --batch 128 --rate 1e-3 --compile --resume --stop-after "$STOP" "$@"
  ;;
encode) "$PYTHON" encode.py --crops "$WORK/crops" --tokenizer "$WORK/tokenizer" --mirror ;;
denoiser)
  minutes=$1
  shift
  "$PYTHON" train_denoiser.py --crops "$WORK/crops" --tokenizer "$WORK/tokenizer" --out "$WORK/denoiser" \
    --minutes "$minutes" --batch-scale 16 --rate 1.5e-3 --warmup 300 --compile --resume --stop-after "$STOP" "$@"
  ;;
export)
  "$PYTHON" export.py --work "$WORK" --out "$WORK/package"
  mkdir -p "$1"
  (cd "$WORK" && tar cf - package tokenizer/*.jsonl tokenizer/*.png denoiser/*.jsonl denoiser/*.png) |
    split -b 15M -d - "$1/trained.tar."
  ;;
*)
  echo "no stage $stage: unpack, tokenizer, encode, denoiser, export" >&2
  exit 2
  ;;
esac
