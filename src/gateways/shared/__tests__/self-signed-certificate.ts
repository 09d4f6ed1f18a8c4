import { generateKeyPairSync, sign } from "node:crypto"

/**
 * A key and a certificate for 127.0.0.1, made anew for each run: a key that lay in the repository
 * would be taken for a leaked one. Written out by hand because node can read certificates but not
 * make them (RFC 5280, section 4.1).
 */
export function selfSignedCertificate(): { key: string; cert: string } {
  const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve: "prime256v1" })
  const name = sequence(set(sequence(oid("550403"), der(0x0c, Buffer.from("loopback")))))
  const ecdsaWithSha256 = sequence(oid("2a8648ce3d040302"))
  const alternativeName = sequence(der(0x87, Buffer.from([127, 0, 0, 1])))
  const toBeSigned = sequence(
    der(0xa0, integer(2)),
    integer(1),
    ecdsaWithSha256,
    name,
    sequence(time("20200101000000Z"), time("20991231235959Z")),
    name,
    publicKey.export({ type: "spki", format: "der" }),
    der(0xa3, sequence(sequence(oid("551d11"), der(0x04, alternativeName))))
  )
  const signature = bits(sign("sha256", toBeSigned, privateKey))
  const certificate = sequence(toBeSigned, ecdsaWithSha256, signature).toString("base64")
  return {
    key: privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
    cert: `-----BEGIN CERTIFICATE-----\n${certificate}\n-----END CERTIFICATE-----\n`,
  }
}

function der(tag: number, ...parts: Buffer[]): Buffer {
  const content = Buffer.concat(parts)
  const { length } = content
  const head = length < 0x80 ? [tag, length] : [tag, 0x82, length >> 8, length & 0xff]
  return Buffer.concat([Buffer.from(head), content])
}

const sequence = (...parts: Buffer[]) => der(0x30, ...parts)
const set = (...parts: Buffer[]) => der(0x31, ...parts)
const integer = (value: number) => der(0x02, Buffer.from([value]))
const oid = (hex: string) => der(0x06, Buffer.from(hex, "hex"))
const time = (text: string) => der(0x18, Buffer.from(text))
const bits = (content: Buffer) => der(0x03, Buffer.from([0]), content)
