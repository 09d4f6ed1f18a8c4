import { contentType, type Call, type Kept } from "./call"

/** The call as a command for a POSIX shell, an option to a line. */
export function curlOf(url: string, { method, target, headers, body, keeps }: Call): string {
  // With a body curl posts by itself.
  const post = method === "POST" && !body ? "-X POST " : ""
  const options = [
    ...Object.entries(headers ?? {}).map(([name, value]) => `-H ${inDouble(`${name}: ${value}`)}`),
    ...(body && "json" in body
      ? [
          `-H ${inSingle(`content-type: ${contentType(body)}`)}`,
          `--data-raw ${inSingle(body.json)}`,
        ]
      : []),
    ...(body && "form" in body
      ? Object.entries(body.form).map(([name, value]) => dataOf(`${name}=${value}`))
      : []),
  ]
  const command = [`curl -s ${post}${inSingle(url + target)}`, ...options].join(" \\\n  ")
  return keeps ? `${keeps.variable}=$(${command} | ${sedOf(keeps)})` : command
}

/** curl percent-encodes what stands behind the first `=`. */
function dataOf(field: string): string {
  return `--data-urlencode ${inSingle(field)}`
}

function sedOf({ field }: Kept): string {
  return `sed -n ${inSingle(`s/.*"${field}":"\\([^"]*\\)".*/\\1/p`)}`
}

/** Nothing in it means anything to the shell. */
function inSingle(text: string): string {
  return /^[\w:/.?&=%+@,-]+$/.test(text) && !/[?&]/.test(text)
    ? text
    : `'${text.replaceAll("'", "'\\''")}'`
}

/** `$NAME` is what was kept before; nothing else in it means anything to the shell. */
function inDouble(text: string): string {
  return `"${text.replaceAll(/[\\"`]/g, "\\$&").replaceAll(/\$(?![A-Z])/g, "\\$")}"`
}
