/** Where in a JSON value a schema found something wrong: `["files", "a.onnx", "bytes"]` as `files["a.onnx"].bytes`. */
export function schemaPath(path: readonly PropertyKey[]): string {
  let out = '';
  for (const key of path) {
    if (typeof key === 'number') out += `[${key}]`;
    else if (/^[A-Za-z]\w*$/.test(String(key))) out += out ? `.${String(key)}` : String(key);
    else out += `[${JSON.stringify(String(key))}]`;
  }
  return out;
}
