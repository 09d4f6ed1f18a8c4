#!/usr/bin/env node
import "./quiet-logger"
import { main } from "./main"

void main(process.argv.slice(2)).then((code) => {
  // What a shop's own packages have started, such as a connection, does not keep the command from ending.
  process.exit(code)
})
