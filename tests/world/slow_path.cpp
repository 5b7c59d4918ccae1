#include "tests/world/slow_path.hpp"

#include <array>
#include <condition_variable>
#include <cstring>
#include <deque>
#include <list>
#include <mutex>
#include <stdexcept>
#include <thread>
#include <utility>

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

namespace indexer::test {
namespace {

using Clock = std::chrono::steady_clock;

int check(int result) {
    if (result < 0) throw std::runtime_error(std::string("slow path: ") + std::strerror(errno));
    return result;
}

int connect_to(std::string const& path) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    path.copy(address.sun_path, sizeof(address.sun_path) - 1);
    int const fd = check(socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
    check(connect(fd, reinterpret_cast<sockaddr*>(&address), sizeof(address)));
    return fd;
}

// A word that is passed on to nobody, once. Safe for concurrent use.
class Forbidden {
  public:
    void set(std::string word) {
        std::lock_guard const lock(mutex_);
        word_ = std::move(word);
        met_ = false;
    }
    // True for the first text that holds the word.
    bool met_in(std::string_view text) {
        std::lock_guard const lock(mutex_);
        if (word_.empty() || text.find(word_) == std::string_view::npos) return false;
        word_.clear();
        met_ = true;
        return true;
    }
    bool met() {
        std::lock_guard const lock(mutex_);
        return met_;
    }

  private:
    std::mutex mutex_;
    std::string word_;
    bool met_ = false;
};

// One direction of one connection: a thread that reads, and one that writes when it is time.
class Lane {
  public:
    // Without `forbidden` everything is passed on; a word of it ends the connection.
    Lane(int from, int to, std::chrono::microseconds delay, Forbidden* forbidden)
        : from_(from),
          to_(to),
          delay_(delay),
          forbidden_(forbidden),
          reader_([this] { read_all(); }),
          writer_([this] { write_all(); }) {}
    ~Lane() {
        reader_.join();
        writer_.join();
    }

  private:
    struct Packet {
        Clock::time_point due;
        std::string bytes;  // empty: the end
    };

    void read_all() {
        std::array<char, 65'536> buffer{};
        ssize_t count = 0;
        do {
            count = read(from_, buffer.data(), buffer.size());
            if (count > 0 && forbids({buffer.data(), static_cast<std::size_t>(count)})) {
                shutdown(from_, SHUT_RDWR);
                count = 0;
            }
            std::lock_guard const lock(mutex_);
            packets_.push_back(
                {Clock::now() + delay_,
                 std::string(buffer.data(), count > 0 ? static_cast<std::size_t>(count) : 0)});
            changed_.notify_one();
        } while (count > 0);
    }

    bool forbids(std::string_view text) {
        return forbidden_ != nullptr && forbidden_->met_in(text);
    }

    void write_all() {
        for (Packet packet = next(); !packet.bytes.empty(); packet = next()) {
            std::this_thread::sleep_until(packet.due);
            std::string_view rest = packet.bytes;
            while (!rest.empty()) {
                auto const sent = send(to_, rest.data(), rest.size(), MSG_NOSIGNAL);
                if (sent <= 0) break;
                rest.remove_prefix(static_cast<std::size_t>(sent));
            }
        }
        shutdown(to_, SHUT_WR);
    }

    Packet next() {
        std::unique_lock lock(mutex_);
        changed_.wait(lock, [&] { return !packets_.empty(); });
        Packet packet = std::move(packets_.front());
        packets_.pop_front();
        return packet;
    }

    int from_;
    int to_;
    std::chrono::microseconds delay_;
    Forbidden* forbidden_;
    std::mutex mutex_;
    std::condition_variable changed_;
    std::deque<Packet> packets_;
    std::thread reader_;
    std::thread writer_;
};

class Connection {
  public:
    Connection(int client, int server, std::chrono::microseconds delay, Forbidden& forbidden)
        : client_(client),
          server_(server),
          there_(client, server, delay, nullptr),
          back_(server, client, delay, &forbidden) {}
    void cut() const {
        shutdown(client_, SHUT_RDWR);
        shutdown(server_, SHUT_RDWR);
    }

  private:
    struct Socket {
        int fd;
        explicit Socket(int open) : fd(open) {}
        ~Socket() { close(fd); }
        operator int() const { return fd; }
    };
    Socket client_;
    Socket server_;
    Lane there_;
    Lane back_;
};

}  // namespace

class SlowPath::Impl {
  public:
    Impl(std::string target, std::chrono::microseconds delay)
        : target_(std::move(target)),
          delay_(delay),
          listener_(check(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0))) {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof(address);
        check(bind(listener_, reinterpret_cast<sockaddr*>(&address), size));
        check(listen(listener_, 64));
        check(getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size));
        port_ = ntohs(address.sin_port);
        acceptor_ = std::thread([this] { accept_all(); });
    }

    ~Impl() {
        shutdown(listener_, SHUT_RDWR);
        acceptor_.join();
        close(listener_);
        for (Connection const& connection : connections_) connection.cut();
    }

    [[nodiscard]] int port() const noexcept { return port_; }
    [[nodiscard]] Forbidden& forbidden() noexcept { return forbidden_; }

  private:
    void accept_all() {
        int client = accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
        while (client >= 0) {
            int const one = 1;
            setsockopt(client, IPPROTO_TCP, TCP_NODELAY, &one, sizeof(one));
            connections_.emplace_back(client, connect_to(target_), delay_, forbidden_);
            client = accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
        }
    }

    std::string target_;
    std::chrono::microseconds delay_;
    int listener_;
    int port_ = 0;
    Forbidden forbidden_;
    std::list<Connection> connections_;
    std::thread acceptor_;
};

SlowPath::SlowPath(std::string target, std::chrono::microseconds delay)
    : impl_(std::make_unique<Impl>(std::move(target), delay)) {
}

SlowPath::~SlowPath() = default;

int SlowPath::port() const noexcept {
    return impl_->port();
}

void SlowPath::cut_before(std::string word) {
    impl_->forbidden().set(std::move(word));
}

bool SlowPath::has_cut() const {
    return impl_->forbidden().met();
}

}  // namespace indexer::test
