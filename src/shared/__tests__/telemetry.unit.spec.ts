import { context, metrics, propagation, trace } from "@medusajs/framework/opentelemetry/api"
import {
  InMemorySpanExporter,
  NodeTracerProvider,
  SimpleSpanProcessor,
} from "@medusajs/framework/opentelemetry/sdk-trace-node"
import {
  AggregationTemporality,
  InMemoryMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader,
} from "@opentelemetry/sdk-metrics"
import type { GatewayCallRecord } from "../../gateways/shared/request"
import {
  countWebhook,
  countWebhookWork,
  inSpan,
  observeGauges,
  presentTraceparent,
  recordGatewayCall,
} from "../telemetry"

const call: GatewayCallRecord = {
  gateway: "mocasa",
  operation: "queryOrder",
  method: "POST",
  path: "/payment/order/query",
  attempt: 1,
  ms: 250,
  outcome: "answered",
  httpStatus: 200,
}

describe("a shop without an SDK", () => {
  it("traces nothing and counts nothing, and its work goes on", async () => {
    countWebhook("pp_mocasa_mocasa", "verified")
    recordGatewayCall(call, "pp_mocasa_mocasa")
    expect(presentTraceparent()).toBeNull()
    const work = inSpan("work", { reference: "R1", traceparent: "nonsense" }, async () => "done")
    await expect(work).resolves.toBe("done")
  })
})

describe("a shop with an SDK", () => {
  const spans = new InMemorySpanExporter()
  const tracing = new NodeTracerProvider({ spanProcessors: [new SimpleSpanProcessor(spans)] })
  const exporter = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE)
  const reader = new PeriodicExportingMetricReader({ exporter, exportIntervalMillis: 3_600_000 })
  const metering = new MeterProvider({ readers: [reader] })

  beforeAll(() => {
    tracing.register()
    metrics.setGlobalMeterProvider(metering)
  })

  afterAll(async () => {
    await tracing.shutdown()
    await metering.shutdown()
    trace.disable()
    metrics.disable()
    context.disable()
    propagation.disable()
  })

  beforeEach(() => {
    spans.reset()
  })

  /** The newest point of each series of a metric: its attributes and its value. */
  async function points(name: string) {
    exporter.reset()
    await metering.forceFlush()
    const all = exporter.getMetrics().flatMap(({ scopeMetrics }) => scopeMetrics)
    const found = all
      .flatMap((scope) => scope.metrics)
      .find(({ descriptor }) => descriptor.name === `gateway_payment.${name}`)
    return found?.dataPoints.map(({ attributes, value }) => ({ attributes, value })) ?? []
  }

  it("counts messages by what became of them, also where it was registered after the first", async () => {
    countWebhook("pp_mocasa_mocasa", "verified")
    countWebhook("pp_mocasa_mocasa", "verified")
    countWebhook("pp_mocasa_mocasa", "forged")
    const of = (mark: string) => ({
      "gateway.provider": "pp_mocasa_mocasa",
      "gateway.webhook.mark": mark,
    })
    expect(await points("webhooks")).toEqual([
      { attributes: of("verified"), value: 2 },
      { attributes: of("forged"), value: 1 },
    ])
    countWebhookWork("pp_mocasa_mocasa", "given_up")
    expect(await points("webhook_work")).toEqual([
      {
        attributes: {
          "gateway.provider": "pp_mocasa_mocasa",
          "gateway.webhook.result": "given_up",
        },
        value: 1,
      },
    ])
  })

  it("shows a call to a gateway within the payment's span, as long as it took, and counts its failures", async () => {
    await inSpan("gateway webhook worked on", { reference: "R1" }, async () => {
      const { httpStatus: _, ...unanswered } = call
      recordGatewayCall({ ...unanswered, outcome: "unknown", reason: "reset", attempt: 2 }, "pp_a")
    })
    const [made, parent] = spans.getFinishedSpans()
    expect(made).toMatchObject({
      name: "mocasa queryOrder",
      parentSpanContext: { spanId: parent?.spanContext().spanId },
      status: { message: "reset" },
      attributes: {
        "gateway.reason": "reset",
        "http.request.resend_count": 1,
        "url.template": "/payment/order/query",
      },
    })
    const [seconds = 0, nanoseconds = 0] = made?.duration ?? []
    expect(seconds + nanoseconds / 1e9).toBeCloseTo(0.25, 2)
    expect(parent?.attributes).toEqual({ "gateway_payment.reference": "R1" })
    const [failed] = await points("calls")
    expect(failed).toMatchObject({ attributes: { "gateway.outcome": "unknown" }, value: 1 })
    expect(await points("call.duration")).toHaveLength(1)
  })

  it("goes on with the trace in which a message was received, later and elsewhere", async () => {
    const traceparent = await inSpan("gateway webhook received", {}, async () =>
      presentTraceparent()
    )
    expect(traceparent).toMatch(/^00-[0-9a-f]{32}-[0-9a-f]{16}-01$/)
    await inSpan("gateway webhook worked on", { traceparent }, async () => undefined)
    const [received, worked] = spans.getFinishedSpans()
    expect(worked?.spanContext().traceId).toBe(received?.spanContext().traceId)
    expect(worked?.parentSpanContext?.spanId).toBe(received?.spanContext().spanId)
  })

  it("names an error's class and keeps its message out of the span", async () => {
    const work = inSpan("work", {}, async () => {
      throw new TypeError("the account 03001234567 is closed")
    })
    await expect(work).rejects.toThrow("is closed")
    const [span] = spans.getFinishedSpans()
    expect(span?.status.message).toBe("TypeError")
    expect(span?.events).toEqual([])
  })

  it("looks gauges up together when somebody collects, and collecting goes on where they can't be", async () => {
    const gauges = {
      open: { description: "Open", unit: "1", key: "kind" },
      late: { description: "Late", unit: "s" },
    }
    let isAway = false
    const look = jest.fn(async () => {
      if (isAway) {
        throw new Error("the database is away")
      }
      return { open: new Map([["paid_twice", 3]]), late: new Map([["", 1.5]]) }
    })
    observeGauges(gauges, look)
    expect(await points("open")).toEqual([{ attributes: { kind: "paid_twice" }, value: 3 }])
    expect(look).toHaveBeenCalledTimes(1)
    expect(await points("late")).toEqual([{ attributes: {}, value: 1.5 }])
    isAway = true
    await expect(points("late")).resolves.toBeDefined()
    expect(look).toHaveBeenCalledTimes(3)
  })
})
