// Certificates for tests of TLS, made when they are needed: an authority and what it signs.
#pragma once

#include <string>

namespace claimwatch {

struct Certificate {
  std::string pem;
  std::string key;  // PEM, too.
};

// Signs itself.
Certificate MakeAuthority(const std::string& name);
// For 127.0.0.1 and the DNS name `name`, good for a day.
Certificate MakeCertificate(const std::string& name, const Certificate& authority);

}  // namespace claimwatch
