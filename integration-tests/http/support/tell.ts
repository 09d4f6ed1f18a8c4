/** A line for whoever runs the tests; `npm test` passes on those that begin so. */
export function tell(line: string): void {
  process.stdout.write(`| ${line}\n`)
}
