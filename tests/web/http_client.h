// A blocking HTTP client of a hundred lines: tests send exactly the bytes they mean.
#pragma once

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <map>
#include <string>
#include <string_view>

#include "server/base/check.h"

namespace claimwatch {

struct HttpReply {
  int status = 0;
  std::map<std::string, std::string> fields;  // Names in lower case.
  std::string body;
};

class HttpClient {
 public:
  // `address`: "127.0.0.1:40000". Whatever takes longer than ten seconds fails the test.
  explicit HttpClient(const std::string& address) : fd_(socket(AF_INET, SOCK_STREAM, 0)) {
    CW_CHECK(fd_ >= 0);
    const timeval patience{.tv_sec = 10, .tv_usec = 0};
    setsockopt(fd_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof(patience));
    sockaddr_in to{};
    to.sin_family = AF_INET;
    to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    to.sin_port = htons(
        static_cast<std::uint16_t>(std::atoi(address.substr(address.rfind(':') + 1).c_str())));
    CW_CHECK(connect(fd_, reinterpret_cast<sockaddr*>(&to), sizeof(to)) == 0);
  }
  HttpClient(const HttpClient&) = delete;
  HttpClient& operator=(const HttpClient&) = delete;
  ~HttpClient() { Close(); }

  void Close() {
    if (fd_ >= 0) close(fd_);
    fd_ = -1;
  }

  bool Send(std::string_view bytes) {
    while (!bytes.empty()) {
      const ssize_t sent = send(fd_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (sent <= 0) return false;
      bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
  }

  // The head of the next answer; status 0: the daemon closed the connection.
  HttpReply ReadHead() {
    HttpReply reply;
    std::string line = ReadLine();
    if (line.size() < 12) return reply;
    reply.status = std::atoi(line.c_str() + 9);
    while (!(line = ReadLine()).empty()) {
      const std::size_t colon = line.find(':');
      std::string name = line.substr(0, colon);
      std::transform(name.begin(), name.end(), name.begin(), ::tolower);
      reply.fields[name] = line.substr(std::min(line.size(), colon + 2));
    }
    return reply;
  }

  HttpReply Read() {
    HttpReply reply = ReadHead();
    if (reply.fields.contains("transfer-encoding")) {
      for (std::string chunk; !(chunk = ReadChunk()).empty();) reply.body += chunk;
    } else if (reply.fields.contains("content-length")) {
      reply.body = ReadBytes(std::strtoul(reply.fields["content-length"].c_str(), nullptr, 10));
    }
    return reply;
  }

  // Of a chunked answer; empty: it is over.
  std::string ReadChunk() {
    const std::size_t size = std::strtoul(ReadLine().c_str(), nullptr, 16);
    std::string chunk = ReadBytes(size);
    ReadLine();
    return chunk;
  }

  // True: the daemon closed the connection.
  bool IsClosed() { return in_.empty() && !Fill(); }

  HttpReply Call(const std::string& request) {
    Send(request);
    return Read();
  }
  // "POST /path" with header lines, each ending in \r\n.
  HttpReply Call(const std::string& what, const std::string& fields, const std::string& body) {
    return Call(what + " HTTP/1.1\r\nHost: localhost\r\n" + fields +
                "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body);
  }
  HttpReply Get(const std::string& path, const std::string& fields = "") {
    return Call("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n" + fields + "\r\n");
  }

 private:
  bool Fill() {
    char buffer[65536];
    const ssize_t got = recv(fd_, buffer, sizeof(buffer), 0);
    if (got <= 0) return false;
    in_.append(buffer, static_cast<std::size_t>(got));
    return true;
  }
  std::string ReadLine() {
    std::size_t end = 0;
    while ((end = in_.find("\r\n")) == std::string::npos) {
      if (!Fill()) return {};
    }
    std::string line = in_.substr(0, end);
    in_.erase(0, end + 2);
    return line;
  }
  std::string ReadBytes(std::size_t size) {
    while (in_.size() < size && Fill()) {
    }
    std::string bytes = in_.substr(0, size);
    in_.erase(0, size);
    return bytes;
  }

  int fd_;
  std::string in_;
};

}  // namespace claimwatch
