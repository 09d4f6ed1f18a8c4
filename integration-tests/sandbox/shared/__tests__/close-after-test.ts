interface Closable {
  close(): Promise<void>
}

const open: Closable[] = []

afterEach(async () => {
  // What was opened last still calls what was opened before it.
  for (const one of open.splice(0).reverse()) await one.close()
})

/** It ends with the test. */
export function closeAfterTest<Opened extends Closable>(opened: Opened): Opened {
  open.push(opened)
  return opened
}
