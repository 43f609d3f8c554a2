/** A self-signed certificate for localhost that lasts, in PEM. It is a sample, known to everybody. */
export const certificate = [
  '-----BEGIN CERTIFICATE-----',
  'MIIBmzCCAUGgAwIBAgIUfhiZ6aOdE7qRkHuOMSYMY0T3hwgwCgYIKoZIzj0EAwIw',
  'FDESMBAGA1UEAwwJbG9jYWxob3N0MCAXDTI2MTEyNTAzMDAxNFoYDzIxMjYxMTAx',
  'MDMwMDE0WjAUMRIwEAYDVQQDDAlsb2NhbGhvc3QwWTATBgcqhkjOPQIBBggqhkjO',
  'PQMBBwNCAAQ1gA2mxpSY45gJEyb3JpPk17cnBRA+l00IdEpct6Wh5bL4hX/XffjB',
  'RNSz2V7swgWctWFHRjN8v1997Cxwp5EWo28wbTAdBgNVHQ4EFgQUVa/JNpeHqmRN',
  'iroOmnvu+Qr5AccwHwYDVR0jBBgwFoAUVa/JNpeHqmRNiroOmnvu+Qr5AccwDwYD',
  'VR0TAQH/BAUwAwEB/zAaBgNVHREEEzARgglsb2NhbGhvc3SHBH8AAAEwCgYIKoZI',
  'zj0EAwIDSAAwRQIgbi6aR+pDzoAjjCibY+uf4dXxSSn++/EusAnKJztMCrYCIQDf',
  '/3lKP24DTMg9KKmm5Z0GDCcuPq7l1d5rNmGQDA50Kg==',
  '-----END CERTIFICATE-----',
].join('\n');

/** The key of the certificate, in PEM. */
export const certificateKey = [
  '-----BEGIN PRIVATE KEY-----',
  'MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgW2EMHrBrN4XBPhJV',
  'YyJb28Co6Zwi01q8cApXmyT4EnqhRANCAAQ1gA2mxpSY45gJEyb3JpPk17cnBRA+',
  'l00IdEpct6Wh5bL4hX/XffjBRNSz2V7swgWctWFHRjN8v1997Cxwp5EW',
  '-----END PRIVATE KEY-----',
].join('\n');
