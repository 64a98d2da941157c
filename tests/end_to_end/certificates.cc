#include "tests/end_to_end/certificates.h"

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include <memory>

#include "server/base/check.h"

namespace claimwatch {
namespace {

using Key = std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)>;
using X509Ptr = std::unique_ptr<X509, decltype(&X509_free)>;
using Bio = std::unique_ptr<BIO, decltype(&BIO_free)>;

std::string TextOf(BIO* bio) {
  char* data = nullptr;
  const long size = BIO_get_mem_data(bio, &data);
  return std::string(data, static_cast<std::size_t>(size));
}

std::string PemOf(X509* certificate) {
  const Bio bio(BIO_new(BIO_s_mem()), &BIO_free);
  CW_CHECK(PEM_write_bio_X509(bio.get(), certificate) == 1);
  return TextOf(bio.get());
}

std::string PemOf(EVP_PKEY* key) {
  const Bio bio(BIO_new(BIO_s_mem()), &BIO_free);
  CW_CHECK(PEM_write_bio_PrivateKey(bio.get(), key, nullptr, nullptr, 0, nullptr, nullptr) == 1);
  return TextOf(bio.get());
}

Key KeyOf(const std::string& pem) {
  const Bio bio(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())), &BIO_free);
  return Key(PEM_read_bio_PrivateKey(bio.get(), nullptr, nullptr, nullptr), &EVP_PKEY_free);
}

X509Ptr CertificateOf(const std::string& pem) {
  const Bio bio(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())), &BIO_free);
  return X509Ptr(PEM_read_bio_X509(bio.get(), nullptr, nullptr, nullptr), &X509_free);
}

void Extend(X509* certificate, int what, const std::string& value) {
  X509_EXTENSION* extension = X509V3_EXT_conf_nid(nullptr, nullptr, what, value.c_str());
  CW_CHECK(extension != nullptr);
  X509_add_ext(certificate, extension, -1);
  X509_EXTENSION_free(extension);
}

// Of `key`, named `name`, good for a day, not signed.
X509Ptr Draft(const std::string& name, EVP_PKEY* key) {
  static long serial = 1;
  X509Ptr made(X509_new(), &X509_free);
  X509_set_version(made.get(), 2);
  ASN1_INTEGER_set(X509_get_serialNumber(made.get()), ++serial);
  X509_gmtime_adj(X509_getm_notBefore(made.get()), -3600);
  X509_gmtime_adj(X509_getm_notAfter(made.get()), 86'400);
  X509_set_pubkey(made.get(), key);
  X509_NAME_add_entry_by_txt(X509_get_subject_name(made.get()), "CN", MBSTRING_UTF8,
                             reinterpret_cast<const unsigned char*>(name.c_str()), -1, -1, 0);
  return made;
}

}  // namespace

Certificate MakeAuthority(const std::string& name) {
  const Key key(EVP_EC_gen("P-256"), &EVP_PKEY_free);
  const X509Ptr made = Draft(name, key.get());
  X509_set_issuer_name(made.get(), X509_get_subject_name(made.get()));
  Extend(made.get(), NID_basic_constraints, "critical,CA:TRUE");
  CW_CHECK(X509_sign(made.get(), key.get(), EVP_sha256()) > 0);
  return {PemOf(made.get()), PemOf(key.get())};
}

Certificate MakeCertificate(const std::string& name, const Certificate& authority) {
  const Key key(EVP_EC_gen("P-256"), &EVP_PKEY_free);
  const Key signer = KeyOf(authority.key);
  const X509Ptr issuer = CertificateOf(authority.pem);
  const X509Ptr made = Draft(name, key.get());
  X509_set_issuer_name(made.get(), X509_get_subject_name(issuer.get()));
  Extend(made.get(), NID_subject_alt_name, "IP:127.0.0.1,DNS:" + name);
  CW_CHECK(X509_sign(made.get(), signer.get(), EVP_sha256()) > 0);
  return {PemOf(made.get()), PemOf(key.get())};
}

}  // namespace claimwatch
