/**
 * Moves the largest keys to the front of `order[start .. end)` and returns where they end: as few as make the sum of
 * their `masses` reach `mass`, and at most `most`. Ties go to the lower index, so the taken set does not depend on how
 * `order` was arranged. Within either part no order is promised. Quickselect: linear time on average, nothing allocated.
 */
export function takeLargest(
  order: Int32Array, // indices into keys and masses
  start: number,
  end: number,
  keys: Float64Array,
  most: number,
  masses: Float64Array = keys,
  mass = Infinity,
): number {
  let taken = start; // order[start .. taken) is taken
  let open = end; // order[open .. end) is not
  let room = most;
  let wanted = mass;
  while (taken < open && room > 0 && wanted > 0) {
    const pivot = partition(order, taken, open, keys);
    const larger = sumOf(masses, order, taken, pivot);
    if (pivot - taken >= room || larger >= wanted) {
      open = pivot;
    } else {
      room -= pivot - taken + 1;
      wanted -= larger + masses[order[pivot]!]!;
      taken = pivot + 1;
    }
  }
  return taken;
}

/** The sum of the masses at order[start .. end). */
export function sumOf(masses: Float64Array, order: Int32Array, start: number, end: number): number {
  let sum = 0;
  for (let i = start; i < end; i++) sum += masses[order[i]!]!;
  return sum;
}

/** Arranges order[start .. end) around one of its elements, larger keys first, and returns where that element lies. */
function partition(order: Int32Array, start: number, end: number, keys: Float64Array): number {
  const last = end - 1;
  swap(order, (start + last) >> 1, last);
  const pivot = order[last]!;
  const pivotKey = keys[pivot]!;
  let store = start;
  for (let i = start; i < last; i++) {
    const index = order[i]!;
    const key = keys[index]!;
    if (key > pivotKey || (key === pivotKey && index < pivot)) {
      order[i] = order[store]!;
      order[store++] = index;
    }
  }
  swap(order, store, last);
  return store;
}

function swap(order: Int32Array, i: number, j: number): void {
  const kept = order[i]!;
  order[i] = order[j]!;
  order[j] = kept;
}
