require 'socket'

abort "usage: #{$0} CHEMIN" unless ARGV.size == 1
chemin = ARGV[0]
File.unlink(chemin) if File.socket?(chemin)
serveur = UNIXServer.new(chemin)
trap('INT') { puts 'Bye'; exit }
loop do
  client = serveur.accept
  begin
    octet = client.read(1)
    client.write([(octet.ord + 1) % 256].pack('C')) if octet
  rescue SystemCallError => e
    warn e.message
  ensure
    client.close
  end
end
