// Intent: an HTTP server on Boost.Asio with a pool of threads answers requests of in-process clients and counts them.
// Expect: [!RACY] silent
// Expect: [RACY] lost update on 'Statistics::requests' at COUNT, COUNT
// Levels: [RACY] O2
#include <array>
#include <atomic>
#include <boost/asio.hpp>
#include <cstdio>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "invisible.h"

namespace asio = boost::asio;
using asio::ip::tcp;
using Failure = boost::system::error_code;

constexpr int kServerThreads = 3;
constexpr int kClients = 4;
constexpr int kRequests = 2000;  // of each client

struct Statistics {
#ifdef RACY
  long requests = 0;
#else
  std::atomic<long> requests{0};
#endif
  std::atomic<long> bytes{0};
};

Statistics statistics;

#ifdef RACY
// Makes sure that two threads of the pool count at least one request each, at the same time.
InvisibleTurns busyThreads;
thread_local bool wasBusy = false;

void spreadOverThreads() {
  if (wasBusy) return;
  wasBusy = true;
  if (invisiblePass(&busyThreads) == 1) invisibleAwait(&busyThreads, 2);
}
#else
void spreadOverThreads() {}
#endif

void countRequest(size_t bytes) {
  statistics.requests += 1;  // RACE-COUNT
  statistics.bytes += long(bytes);
}

class Session : public std::enable_shared_from_this<Session> {
 public:
  explicit Session(tcp::socket socket) : socket_(std::move(socket)) {}

  void readRequest() {
    auto self = shared_from_this();
    asio::async_read_until(socket_, asio::dynamic_buffer(request_), "\r\n\r\n", [self](Failure failure, size_t size) {
      if (!failure) self->answer(size);
    });
  }

 private:
  void answer(size_t size) {
    spreadOverThreads();
    countRequest(size);
    std::string path = request_.substr(4, request_.find(' ', 4) - 4);
    request_.erase(0, size);
    response_ = "HTTP/1.1 200 OK\r\nContent-Length: " + std::to_string(path.size()) + "\r\n\r\n" + path;
    auto self = shared_from_this();
    asio::async_write(socket_, asio::buffer(response_), [self](Failure failure, size_t) {
      if (!failure) self->readRequest();
    });
  }

  tcp::socket socket_;
  std::string request_;
  std::string response_;
};

class Server {
 public:
  explicit Server(asio::io_context& context)
      : acceptor_(context, tcp::endpoint(asio::ip::address_v4::loopback(), 0)) {
    acceptNext();
  }

  unsigned short port() const { return acceptor_.local_endpoint().port(); }

 private:
  void acceptNext() {
    acceptor_.async_accept([this](Failure failure, tcp::socket socket) {
      if (failure) return;
      std::make_shared<Session>(std::move(socket))->readRequest();
      acceptNext();
    });
  }

  tcp::acceptor acceptor_;
};

// Sends requests on one connection and returns how many answers were right.
int runClient(unsigned short port, int self) {
  asio::io_context context;
  tcp::socket socket(context);
  socket.connect(tcp::endpoint(asio::ip::address_v4::loopback(), port));
  socket.set_option(tcp::no_delay(true));
  std::string received;
  int right = 0;
  for (int i = 0; i < kRequests; ++i) {
    std::string path = "/client/" + std::to_string(self) + "/item/" + std::to_string(i);
    asio::write(socket, asio::buffer("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n"));
    size_t head = asio::read_until(socket, asio::dynamic_buffer(received), "\r\n\r\n");
    size_t length = std::stoul(received.substr(received.find("Length: ") + 8));
    if (received.size() < head + length) {
      asio::read(socket, asio::dynamic_buffer(received), asio::transfer_exactly(head + length - received.size()));
    }
    right += received.substr(head, length) == path;
    received.erase(0, head + length);
  }
  return right;
}

int main() {
  asio::io_context context;
  Server server(context);
  unsigned short port = server.port();
  std::vector<std::thread> pool;
  for (int i = 0; i < kServerThreads; ++i) pool.emplace_back([&context] { context.run(); });
  std::array<int, kClients> right{};
  std::vector<std::thread> clients;
  for (int i = 0; i < kClients; ++i) clients.emplace_back([&right, port, i] { right[i] = runClient(port, i); });
  for (std::thread& client : clients) client.join();
  context.stop();
  for (std::thread& thread : pool) thread.join();
  int total = 0;
  for (int count : right) total += count;
#ifdef RACY
  std::printf("%d right answers\n", total);
#else
  std::printf("%d right answers, %ld requests\n", total, statistics.requests.load());
#endif
}
