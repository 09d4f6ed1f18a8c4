import express from "express"
import { createServer, type Server } from "node:http"
import type { AddressInfo } from "node:net"
import type { MedusaResponse } from "@medusajs/framework/http"
import axios from "axios"
import { answerAfter } from "../answer-after"

describe("an answer that waits for a lease", () => {
  let server: Server
  let address: string
  let isHeld: boolean
  let work: (handle: () => Promise<void>) => Promise<void>

  beforeEach(async () => {
    isHeld = false
    work = async (handle) => {
      isHeld = true
      await handle()
      await new Promise((resolve) => setTimeout(resolve, 60))
      isHeld = false
    }
    const app = express()
    app.post("/", async (_req, res, next) => {
      try {
        await answerAfter(res as MedusaResponse, next, async (handle) => await work(handle))
      } catch (error) {
        res.status(409).json({ message: String(error) })
      }
    })
    app.post("/", (_req, res) => void res.status(201).json({ made: "é" }))
    server = createServer(app).listen(0, "127.0.0.1")
    await new Promise((resolve) => server.once("listening", resolve))
    address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  })

  afterEach(() => new Promise((resolve) => server.close(resolve)))

  const ask = async () => await axios.post(address, {}, { validateStatus: () => true })

  it("is heard only when the lease is released, as the handler made it", async () => {
    const { status, data } = await ask()
    expect({ status, data, isHeld }).toEqual({ status: 201, data: { made: "é" }, isHeld: false })
  })

  it("is that of the caller where the lease was not to be had", async () => {
    work = async () => {
      throw new Error("taken")
    }
    expect(await ask()).toMatchObject({ status: 409, data: { message: "Error: taken" } })
  })
})
