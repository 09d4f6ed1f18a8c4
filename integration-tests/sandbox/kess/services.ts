interface Service {
  readonly title: string
  /** The text of the QR that the buyer scans. */
  readonly qrText: (id: string) => string
}

/**
 * The wallets behind each `service_id`. Assumption: read off the samples of Native Pay (30, `weixin://...`) and Quick
 * Pay (2, with a code of the digits Alipay's begin with); the vendor lists none.
 */
const services: ReadonlyMap<string, Service> = new Map([
  ["2", { title: "Alipay", qrText: (id) => `https://qr.alipay.com/${id}` }],
  ["30", { title: "WeChat Pay", qrText: (id) => `weixin://wxpay/bizpayurl?pr=${id}` }],
])

export function findService(serviceId: string): Service | undefined {
  return services.get(serviceId)
}
